"""Measures policyctl against programs that do less, pair by pair, each process on the same core.

    python benchmarks/run.py                  # `make bench`: some twenty minutes
    python benchmarks/run.py --quick          # a few minutes: 500,000 calls, 100 tools

Results go to standard output; a run of everything writes them to `benchmarks/RESULTS.md` too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from measure import Run, RunError, pin, run
from results import Memory, Pairs, Results, document, markdown
from workloads import HERE, QUICK, REPLAYS, WORK, Replay, Start, baseline, read_through, starts, trace

_SMALL = 100_000


def main() -> int:
    """The command line."""
    options = _options()
    core = pin(options.core)
    WORK.mkdir(exist_ok=True)
    try:
        results = _measure(options, core)
    except RunError as failure:
        print(failure, file=sys.stderr)
        return 1
    text = markdown(results)
    print(text, end="")
    if options.results:
        options.results.write_text(text, "utf-8")
    if options.json:
        options.json.write_text(json.dumps(document(results), indent=2) + "\n", "utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="measure policyctl against programs that do less")
    parser.add_argument("--quick", action="store_true", help="500,000 calls and 100 tools only")
    parser.add_argument("--calls", type=int, help="lines of a trace (2,000,000, quick 500,000)")
    parser.add_argument("--rounds", type=int, help="pairs of each replay (5, quick 3)")
    parser.add_argument("--only", default="", metavar="TEXT", help="replays whose name holds this text")
    parser.add_argument("--core", type=int, help="the processor core to use (the last one)")
    parser.add_argument(
        "--results", type=Path, metavar="FILE", help="write the Markdown there too (all of it: benchmarks/RESULTS.md)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run as JSON, to compare later")
    options = parser.parse_args()
    options.calls = options.calls or (500_000 if options.quick else 2_000_000)
    options.rounds = options.rounds or (3 if options.quick else 5)
    if not (options.quick or options.only):
        options.results = options.results or HERE / "RESULTS.md"
    return options


def _measure(options: argparse.Namespace, core: int | None) -> Results:
    replays = [replay for replay in REPLAYS[: QUICK if options.quick else None] if options.only in replay.name]
    start_rounds = 7 if options.quick else 31
    return Results(
        core=core,
        calls=options.calls,
        starts=tuple(_start(start, start_rounds) for start in starts()),
        parsers=_parsers(options) if not options.only else None,
        replays=tuple(_replay(replay, options) for replay in replays),
        memory=tuple(_memory(replay, options) for replay in replays if replay in REPLAYS[:QUICK]),
    )


def _start(start: Start, rounds: int) -> Pairs:
    return _pairs(start.name, rounds, lambda: _run(start.ours), lambda: _run(start.empty))


def _parsers(options: argparse.Namespace) -> Pairs:
    """Python's own parser beside orjson, for scale."""
    folder = _trace(100, options.calls)
    json_, orjson = baseline("json", folder), baseline("orjson", folder)
    return _pairs("json.loads, 100 tools", options.rounds, lambda: _run(json_), lambda: _run(orjson))


def _replay(replay: Replay, options: argparse.Namespace) -> Pairs:
    folder = _trace(replay.tools, options.calls)
    ours, orjson = replay.command(folder), baseline("orjson", folder)
    return _pairs(replay.name, options.rounds, lambda: _run(ours), lambda: _run(orjson))


def _memory(replay: Replay, options: argparse.Namespace) -> Memory:
    small = _run(replay.command(_trace(replay.tools, _SMALL)))
    large = _run(replay.command(_trace(replay.tools, options.calls)))
    return Memory(replay.name, _SMALL, small.peak, options.calls, large.peak)


def _pairs(name: str, rounds: int, ours: Callable[[], Run], other: Callable[[], Run]) -> Pairs:
    """Ours and the other in turn, the first of a pair changing with each round; a pair before the first is thrown away."""
    print(f"measuring {name}", file=sys.stderr)
    if rounds > 1:
        other()
    done: list[tuple[Run, Run]] = []
    for number in range(rounds):
        if number % 2:
            second = other()
            done.append((ours(), second))
        else:
            done.append((ours(), other()))
    return Pairs(name, tuple(done))


def _trace(tools: int, calls: int) -> Path:
    folder = trace(tools=tools, calls=calls)
    read_through(folder / "trace.jsonl")
    return folder


def _run(words: Sequence[str]) -> Run:
    return run(words, out=WORK / "output.txt")


if __name__ == "__main__":
    sys.exit(main())
