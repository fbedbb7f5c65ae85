"""How long `policyctl lint` takes over policies and catalogs of growing size, against a process that only parses both.

    python benchmarks/lint.py                 # 100, 300, 1,000 and 3,000 tools, three pairs each, a few minutes
    python benchmarks/lint.py --rules         # beside that, which rules take longest at 1,000 tools

The policies are those that `policyctl recommend --profile strict` writes: limits, approvals, and conditions on arguments.
The time per tool is to stay the same: then no rule is quadratic.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from statistics import median
from time import process_time

from catalogs import catalog_file
from measure import Run, pin, run
from workloads import BIN, WORK

SIZES = (100, 300, 1_000, 3_000)
_PARSER = "import json, sys; [json.loads(open(name, encoding='utf-8').read()) for name in sys.argv[1:]]"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="measure policyctl lint against json.loads of policy and catalog")
    parser.add_argument("--rounds", type=int, default=3, help="pairs of each size")
    parser.add_argument("--rules", action="store_true", help="also say which rules take longest")
    options = parser.parse_args()
    core = pin(None)
    WORK.mkdir(exist_ok=True)
    print(f"{options.rounds} pairs, core {core}\n")
    print("| tools | policy and catalog | json.loads | lint | ratio | per tool |\n|---:|---:|---:|---:|---:|---:|")
    for size in SIZES:
        print(_row(size, options.rounds), flush=True)
    if options.rules:
        _slowest(1_000)
    return 0


def _row(size: int, rounds: int) -> str:
    policy, catalog = _files(size)
    ours: list[str | Path] = [BIN / "policyctl", "lint", policy, "--catalog", catalog, "--format", "concise"]
    other: list[str | Path] = [sys.executable, "-c", _PARSER, policy, catalog]
    pairs = [(_run(ours), _run(other)) for _ in range(rounds)]
    mine, its = (median(each.cpu for each in side) for side in zip(*pairs, strict=True))
    ratio = median(ours.cpu / other.cpu for ours, other in pairs)
    mebibytes = (policy.stat().st_size + catalog.stat().st_size) / 2**20
    per_tool = mine / size * 1e3
    return f"| {size:,} | {mebibytes:.1f} MiB | {its:.3f} s | {mine:.2f} s | {ratio:.1f} | {per_tool:.2f} ms |"


def _files(size: int) -> tuple[Path, Path]:
    catalog = catalog_file(size)
    policy = WORK / f"policy-{size}.json"
    words = [BIN / "policyctl", "recommend", "--catalog", catalog, "--profile", "strict", "-o", policy, "--force"]
    _run([*words, "--quiet"])
    return policy, catalog


def _run(words: list[str | Path]) -> Run:
    return run([os.fspath(word) for word in words], out=WORK / "output.txt")


def _slowest(size: int) -> None:
    """Each rule alone, once, on what the others have not looked at yet."""
    from policyctl.cli.linting import Job, open_file
    from policyctl.errors import PolicyctlError
    from policyctl.lint.table import LISTED
    from policyctl.workspace.configuration import Configuration

    policy, catalog = _files(size)
    times: dict[str, float] = {}
    for rule in LISTED:
        job = Job.of(Configuration(), (rule.code,), (), catalog=os.fspath(catalog))
        file = open_file(os.fspath(policy), None)
        assert not isinstance(file, PolicyctlError)
        job.run(file)
        start = process_time()
        job.run(file)
        times[rule.code] = process_time() - start
    least = min(times.values())
    print(f"\nslowest of {len(times)} rules at {size:,} tools, beside reading the policy ({least * 1e3:.0f} ms):")
    for code in sorted(times, key=lambda each: -times[each])[:8]:
        print(f"  {code}  {(times[code] - least) * 1e3:6.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
