"""Measures policyctl against programs that do less, pair by pair, each process on the same core.

    python benchmarks/run.py                                  # `make bench`: all of it, some twenty-five minutes
    python benchmarks/run.py --quick                          # `make bench-quick`: a minute
    python benchmarks/run.py --only "replay/limits, 100"      # what has this in its name
    python benchmarks/run.py --quick --compare earlier.json   # beside an earlier run; exit code 1 if something is slower
    python benchmarks/run.py --compare earlier.json later.json    # two runs, nothing is measured

Results go to standard output; a run of everything writes them to `benchmarks/RESULTS.md` and `benchmarks/results.json`.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import classify
import cores
import decisions
import diffs
import growth
import lint
import recommend
import replays
import starts
from figures import Setting, Table
from measure import RunError, pin
from record import TOLERANCE, RecordError, changes, comparison, document, load, regressions
from results import Circumstances, markdown
from workloads import HERE, WORK

Chapter = Callable[[Setting], Iterator[Table]]

#: In the order in which the report tells them.
CHAPTERS: dict[str, Chapter] = {
    "replays": replays.chapter,
    "growth": growth.chapter,
    "cores and two policies": cores.chapter,
    "decisions": decisions.chapter,
    "diff": diffs.chapter,
    "lint": lint.chapter,
    "recommend": recommend.chapter,
    "classify": classify.chapter,
    "start-up": starts.chapter,
}


def main() -> int:
    """The command line."""
    options = _options()
    try:
        records = [load(path) for path in options.compare]
    except RecordError as trouble:
        print(f"error: {trouble}", file=sys.stderr)
        return 2
    if len(records) == 2:
        return _compare(records[0], records[1], options.tolerance)
    WORK.mkdir(exist_ok=True)
    setting = Setting(options.quick, options.calls, options.rounds, options.only)
    core = pin(options.core)
    tables, failures = _measure(setting)
    if not (tables or failures):
        print(f"error: no figure has `{options.only}` in its name", file=sys.stderr)
        return 2
    circumstances = Circumstances(_command(options), core, failures)
    record = document(tables, circumstances)
    _write(options, markdown(tables, circumstances), record)
    code = _compare(records[0], record, options.tolerance) if records else 0
    return 1 if failures else code


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="measure policyctl against programs that do less")
    parser.add_argument("--quick", action="store_true", help="what matters most, in a minute")
    parser.add_argument("--only", default="", metavar="TEXT", help="figures whose `key/name` holds this text")
    parser.add_argument("--calls", type=int, help="lines of a usual trace (1,000,000, quick 200,000)")
    parser.add_argument("--rounds", type=int, help="pairs of each replay (5, quick 3)")
    parser.add_argument("--core", type=int, help="the processor core to use (the last one)")
    parser.add_argument("--results", type=Path, metavar="FILE", help="write the Markdown there too")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there as JSON")
    parser.add_argument(
        "--compare",
        type=Path,
        nargs="+",
        default=[],
        metavar="FILE",
        help="set the run beside an earlier one; with two files nothing is measured",
    )
    parser.add_argument(
        "--tolerance", type=float, default=TOLERANCE, help=f"how much worse is no regression yet ({TOLERANCE})"
    )
    options = parser.parse_args()
    if len(options.compare) > 2:
        parser.error("--compare takes one file or two")
    options.calls = options.calls or (200_000 if options.quick else 1_000_000)
    options.rounds = options.rounds or (3 if options.quick else 5)
    if not (options.quick or options.only):
        options.results = options.results or HERE / "RESULTS.md"
        options.json = options.json or HERE / "results.json"
    return options


def _measure(setting: Setting) -> tuple[list[Table], dict[str, str]]:
    """All tables with figures; a chapter that gives up does not take the others with it."""
    tables: list[Table] = []
    failures: dict[str, str] = {}
    for name, chapter in CHAPTERS.items():
        try:
            tables += [table for table in chapter(setting) if table.figures or table.notes]
        except Exception as failure:  # noqa: BLE001 - whatever it is, the others have run for many minutes
            if not isinstance(failure, RunError):
                traceback.print_exc()
            print(failure, file=sys.stderr)
            failures[name] = (str(failure) or type(failure).__name__).splitlines()[0].replace(f"{HERE.parent}/", "")
    return tables, failures


def _command(options: argparse.Namespace) -> str:
    words = ["python benchmarks/run.py"]
    words += ["--quick"] if options.quick else []
    words += [f'--only "{options.only}"'] if options.only else []
    return " ".join(words)


def _write(options: argparse.Namespace, text: str, record: dict[str, Any]) -> None:
    print(text, end="")
    if options.results:
        options.results.write_text(text, "utf-8")
    if options.json:
        options.json.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _compare(earlier: dict[str, Any], later: dict[str, Any], tolerance: float) -> int:
    print(comparison(earlier, later, tolerance), end="")
    return 1 if regressions(changes(earlier, later), tolerance) else 0


if __name__ == "__main__":
    sys.exit(main())
