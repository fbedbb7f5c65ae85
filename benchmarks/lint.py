"""How long `policyctl lint` takes over policies and catalogs of growing size, against a process that only parses both.

    python benchmarks/run.py --only lint
    python benchmarks/lint.py                 # which rules take longest at 1,000 tools

The policies are those that `policyctl recommend --profile strict` writes: limits, approvals, and conditions on arguments.
The time per tool is to stay the same: then no rule is quadratic.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import growing
from catalogs import catalog_file
from figures import Setting, Table
from measure import pin
from workloads import POLICYCTL, WORK, line, measuring, started

SIZES = (100, 300, 1_000, 3_000)
QUICK_SIZES = (100,)


def chapter(setting: Setting) -> Iterator[Table]:
    """Over the number of tools."""
    figures = []
    for size in QUICK_SIZES if setting.quick else SIZES:
        name = f"{size:,} tools"
        if setting.wants("lint", name):
            measuring(f"lint of {name}")
            policy, catalog = _files(size)
            ours = line(POLICYCTL, "lint", policy, "--catalog", catalog, "--format", "concise")
            figures.append(growing.figure(name, size, ours, (policy, catalog)))
    yield growing.table(
        "lint",
        "Lint over the size of a catalog",
        "`policyctl lint --catalog` of what `recommend --profile strict` writes, against `json.loads` of both files in a process "
        "of its own. It is linear if the time per tool stays what it is.",
        figures,
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="say which rules of lint take longest")
    parser.add_argument("--tools", type=int, default=1_000, help="the size of the catalog (1,000)")
    options = parser.parse_args()
    pin(None)
    WORK.mkdir(exist_ok=True)
    _slowest(options.tools)
    return 0


def _files(size: int) -> tuple[Path, Path]:
    catalog = catalog_file(size)
    policy = WORK / f"policy-{size}.json"
    recommended = ("recommend", "--catalog", catalog, "--profile", "strict", "-o", policy, "--force", "--quiet")
    started(line(POLICYCTL, *recommended))
    return policy, catalog


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
    print(f"slowest of {len(times)} rules at {size:,} tools, beside reading the policy ({least * 1e3:.0f} ms):")
    for code in sorted(times, key=lambda each: -times[each])[:8]:
        print(f"  {code}  {(times[code] - least) * 1e3:6.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
