"""How long `policyctl recommend` takes over catalogs of growing size, against a process that only parses them.

    python benchmarks/recommend.py                 # 100, 1,000 and 10,000 tools, five pairs each, a minute or two
    python benchmarks/recommend.py --profile strict --rounds 3

The ratio is to grow towards a constant: then the time is linear in the number of tools.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from statistics import median

from catalogs import catalog_file
from measure import Run, pin, run
from workloads import BIN, WORK

SIZES = (100, 1_000, 10_000)
_PARSER = "import json, sys; json.loads(open(sys.argv[1], encoding='utf-8').read())"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="measure policyctl recommend against json.loads of the catalog")
    parser.add_argument("--profile", default="tool-page", help="tool-page, server-page or strict")
    parser.add_argument("--rounds", type=int, default=5, help="pairs of each size")
    options = parser.parse_args()
    core = pin(None)
    WORK.mkdir(exist_ok=True)
    print(f"profile {options.profile}, {options.rounds} pairs, core {core}\n")
    print("| tools | catalog | json.loads | recommend | ratio | per tool |\n|---:|---:|---:|---:|---:|---:|")
    for size in SIZES:
        print(_row(size, options.profile, options.rounds))
    return 0


def _row(size: int, profile: str, rounds: int) -> str:
    path = catalog_file(size)
    ours = [BIN / "policyctl", "recommend", "--catalog", path, "--profile", profile, "--quiet"]
    other = [sys.executable, "-c", _PARSER, path]
    pairs = [(_run(ours), _run(other)) for _ in range(rounds)]
    mine, its = (median(each.cpu for each in side) for side in zip(*pairs, strict=True))
    ratio = median(ours.cpu / other.cpu for ours, other in pairs)
    mebibytes = path.stat().st_size / 2**20
    return (
        f"| {size:,} | {mebibytes:.1f} MiB | {its:.3f} s | {mine:.3f} s | {ratio:.1f} | {mine / size * 1e6:,.0f} µs |"
    )


def _run(words: list[str | Path]) -> Run:
    return run([os.fspath(word) for word in words], out=WORK / "output.txt")


if __name__ == "__main__":
    sys.exit(main())
