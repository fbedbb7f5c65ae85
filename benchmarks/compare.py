"""Measures `policyctl diff` against what it cannot do without: parsing the two files, starting the command.

    python benchmarks/compare.py               # two minutes
    python benchmarks/compare.py --rounds 9

Each line is a pair of generated policies of which some tools differ; the figure is the median of several rounds, each
against `json.loads` of the same two files in the same second. Then one tool grows, in conditions, in paths, in patterns and
in limits, until a cap answers; and shipped policies are edited to see what share of tools is left undetermined.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

from measure import run
from policies import draw_tools, policy_of
from workloads import BIN, SEED, WORK, starts

from policyctl.diff.compare import compare
from policyctl.diff.result import Relation
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

POLICIES = Path(__file__).parent.parent / "fixtures" / "policies"
#: How often each shipped policy is edited.
EDITS = 50


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


def growing() -> Iterator[Family]:
    """One tool that has more and more to say, of which one word differs."""
    for conditions in (10, 40, 160, 640):
        yield Family(f"{conditions} conditions on 4 paths", *_grown(conditions, paths=4))
    for paths in (3, 12, 48, 192):
        yield Family(f"{paths} paths with 4 conditions each", *_grown(4 * paths, paths=paths))
    for patterns in (1, 4, 8, 16, 32):
        yield Family(f"{patterns} patterns on one path", *_patterned(patterns))
    for variables in (8, 16, 24, 48):
        yield Family(f"{variables} arguments in {4 * variables} random clauses of three", *_random_clauses(variables))
    for windows in ((60, 3_600), (7, 60, 3_600), (7, 11, 13, 60), (991, 997, 1_009, 1_013)):
        yield Family(f"limits every {', '.join(map(str, windows))} s", *_limited(windows))


def _of_one_tool(rules: dict[str, Any]) -> dict[str, Any]:
    return {"version": "1", "default": "deny", "tools": {"t": rules}}


def _grown(conditions: int, *, paths: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Prohibitions of two conditions each, and one operand that differs."""
    random = Random(SEED)
    drawn = [
        {"path": f"args.p{number % paths}", "op": op, "value": value}
        for number in range(conditions)
        for op, value in [
            random.choice((("lte", number), ("neq", f"v{number}"), ("eq", number), ("contains", f"w{number}")))
        ]
    ]
    random.shuffle(drawn)
    groups = [{"conditions": drawn[start : start + 2]} for start in range(0, conditions, 2)]
    changed = [{"conditions": [{**groups[0]["conditions"][0], "value": "x", "op": "eq"}]}, *groups[1:]]
    return _of_one_tool({"deny_if": groups}), _of_one_tool({"deny_if": changed})


def _patterned(patterns: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Prohibitions of texts; the last one is a little looser."""
    texts = [f"(?i)(secret|token)-?{number}[0-9a-f]{{2,4}}$" for number in range(patterns)]
    loose = [*texts[:-1], texts[-1].replace("{2,4}", "{3,4}")]
    sides = (
        [{"conditions": [{"path": "args.text", "op": "regex", "value": one}]} for one in side]
        for side in (texts, loose)
    )
    old, new = (_of_one_tool({"deny_if": side}) for side in sides)
    return old, new


def _random_clauses(variables: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """As hard as such questions are: about as many clauses as leave it open whether all can be met."""
    random = Random(SEED)

    def clause() -> dict[str, Any]:
        chosen = random.sample(range(variables), 3)
        return {
            "conditions": [
                {"path": f"args.a{one}", "op": random.choice(("eq", "neq")), "value": True} for one in chosen
            ]
        }

    clauses = [clause() for _ in range(4 * variables)]
    present = [
        {"conditions": [{"path": f"args.a{one}", "op": "in", "value": [True, False]}]} for one in range(variables)
    ]
    old, new = ({"require": present, "deny_if": [*clauses, *more]} for more in ([clause()], []))
    return _of_one_tool(old), _of_one_tool(new)


def _limited(windows: tuple[int, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Limits of calls, and one more for the longest window, that all others together imply or not."""
    *others, last = windows
    held = [{"counter": f"c{window}", "max": 3, "window": window} for window in others]
    new = _of_one_tool({"limits": held})
    return _of_one_tool({"limits": [*held, {"counter": "last", "max": 8, "window": last}]}), new


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
    size = sum(map(len, texts)) // 1_000
    answer = f"{len(diff.changes)}, {diff.relation}"
    return f"| {family.name} | {size:,} kB | {answer} | {median(times) * 1e3:,.2f} | {median(ratios):,.1f} |"


def undetermined() -> Iterator[str]:
    """Shipped policies with an operand, a maximum or a rule changed in every third tool, fifty times each."""
    for path in sorted(POLICIES.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        old = policy("old.json", json.dumps(document))
        found = [compare(old, policy("new.json", json.dumps(_edited(document, seed)))) for seed in range(EDITS)]
        tools = sum(diff.compared for diff in found)
        left = sum(change.relation is Relation.UNDETERMINED for diff in found for change in diff.changes)
        yield f"| {path.name} | {tools:,} | {sum(len(diff.changes) for diff in found):,} | {left:,} | {left / tools:.2%} |"


def _edited(document: Any, seed: int) -> Any:
    random = Random(f"{SEED}/{seed}")
    edited = deepcopy(document)
    for rules in edited["tools"].values():
        written = [
            (rules[key], index) for key in ("require", "deny_if", "limits") for index in range(len(rules.get(key, ())))
        ]
        if not written or random.random() > 1 / 3:
            continue
        place, index = random.choice(written)
        if random.random() < 0.3:
            del place[index]
        elif "max" in place[index]:
            place[index]["max"] = random.randrange(1, 100)
        elif place[index]["conditions"]:
            condition = random.choice(place[index]["conditions"])
            value = condition["value"]
            if isinstance(value, str) and condition["op"] == "regex":
                condition["value"] = f"{value}|^x"
            elif isinstance(value, int | float) and not isinstance(value, bool):
                condition["value"] = value * 2
            elif isinstance(value, list) and value:
                condition["value"] = value[1:] or [*value, "x"]
    return edited


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
    print("| one tool with | size | differ | ms | against json.loads of both |")
    print("|---|---:|---:|---:|---:|")
    for family in growing():
        print(measure(family, options.rounds))
    print()
    print("| shipped policy, edited | tools | differ | undetermined | share |")
    print("|---|---:|---:|---:|---:|")
    for line in undetermined():
        print(line)
    print()
    print("| `policyctl diff` of | against an empty Typer command |")
    print("|---|---:|")
    for line in command(options.rounds):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
