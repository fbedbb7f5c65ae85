"""Measures `policyctl diff` against what it cannot do without: parsing the two files, starting the command.

    python benchmarks/compare.py               # a minute
    python benchmarks/compare.py --rounds 9

Each line is a pair of generated policies of which some tools differ; the figure is the median of several rounds, each
against `json.loads` of the same two files in the same second.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

from measure import run
from policies import draw_tools, policy_of
from workloads import BIN, SEED, WORK, starts

from policyctl.diff.compare import compare
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document


@dataclass(frozen=True, slots=True)
class Family:
    """Two policies that differ in so many tools, one condition each."""

    name: str
    old: dict[str, Any]
    new: dict[str, Any]


def families() -> Iterator[Family]:
    """From the few tools of a server to the many of a market place, and one tool with much to say."""
    for tools, changed in ((5, 1), (100, 10), (100, 100), (300, 100), (1_000, 100), (1_300, 100), (3_000, 100)):
        old, new = pair(tools, changed)
        yield Family(f"{tools:,} tools, {changed:,} changed", old, new)
    old, new = pair(1_300, 100, limits=True)
    yield Family("1,300 tools with limits, 100 changed", old, new)
    old, new = pair(1_300, 0)
    yield Family("1,300 tools, none changed", old, new)
    yield Family("one tool, 12 paths, 40 conditions", one_tool(0), one_tool(1))


def pair(tools: int, changed: int, *, limits: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
    """A policy, and the same with another operand in some of its tools, spread over all of them."""
    first, second = (policy_of(draw_tools(tools, Random(f"{SEED}/{number}")), limits=limits) for number in range(2))
    names = list(first["tools"])
    replaced = {names[index * tools // changed] for index in range(changed)} if changed else set()
    merged = {name: (second if name in replaced else first)["tools"][name] for name in names}
    return first, {**first, "tools": merged}


def one_tool(shift: int) -> dict[str, Any]:
    """Four conditions on each of ten paths, and deeper ones on two more: half required, half forbidden, mixed."""
    random = Random(SEED)
    conditions = [
        {"path": f"args.{path}", "op": op, "value": value}
        for number, path in enumerate(["a.x", "a.y", *"bcdefghijk"])
        for op, value in (
            ("lte", 100 + number),
            ("neq", number),
            ("regex", f"^[a-z]{{1,{number + 3}}}$"),
            ("contains", f"{number}x"),
        )
    ][:40]
    random.shuffle(conditions)
    groups = [conditions[start : start + 2] for start in range(0, 40, 2)]
    groups[7] = [{**groups[7][0], "op": "neq", "value": shift}, *groups[7][1:]]
    return {
        "version": "1",
        "default": "deny",
        "tools": {"t": {"require": [], "deny_if": [{"conditions": group} for group in groups]}},
    }


def timed(action: Callable[[], object], clock: Callable[[], float] = process_time) -> float:
    """Seconds of processor time, unless another clock is named."""
    start = clock()
    action()
    return clock() - start


def policy(name: str, text: str) -> Policy:
    document = read_document(name, text.encode())
    assert isinstance(document, Document)
    found = read_policy(document).policy
    assert found is not None
    return found


def measure(family: Family, rounds: int) -> str:
    """A row of the table."""
    texts = json.dumps(family.old), json.dumps(family.new)
    old, new = policy("old.json", texts[0]), policy("new.json", texts[1])
    ratios, times = [], []
    for _ in range(rounds):
        parsing = timed(lambda: [json.loads(text) for text in texts])
        comparing = timed(lambda: compare(old, new))
        ratios.append(comparing / parsing)
        times.append(comparing)
    diff = compare(old, new)
    assert all(not change.reasons for change in diff.entries), family.name
    size = sum(map(len, texts)) // 1_000
    return f"| {family.name} | {size:,} kB | {len(diff.changes)} | {median(times) * 1e3:,.2f} | {median(ratios):,.1f} |"


def command(rounds: int) -> Iterator[str]:
    """The whole command against a Typer command that does nothing."""
    empty = next(start.empty for start in starts() if start.name == "validate")
    WORK.mkdir(exist_ok=True)
    for family in families():
        paths = WORK / "old.json", WORK / "new.json"
        for path, document in zip(paths, (family.old, family.new), strict=True):
            path.write_text(json.dumps(document), "utf-8")
        words = [str(BIN / "policyctl"), "diff", *map(str, paths)]
        ratios = [_wall(words) / _wall(empty) for _ in range(rounds)]
        yield f"| {family.name} | {median(ratios):.2f} |"


def _wall(words: Any) -> float:
    return timed(lambda: run(words, out=WORK / "output.txt"), perf_counter)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="measure the comparison of two policies")
    parser.add_argument("--rounds", type=int, default=5, help="repetitions of each measurement (5)")
    options = parser.parse_args()
    print("| two policies | size | differ | ms | against json.loads of both |")
    print("|---|---:|---:|---:|---:|")
    for family in families():
        print(measure(family, options.rounds))
    print()
    print("| `policyctl diff` of | against an empty Typer command |")
    print("|---|---:|")
    for line in command(options.rounds):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
