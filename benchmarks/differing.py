"""Pairs of policies that differ in some tools, in one tool with ever more to say, and as people edit them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from policies import draw_tools, policy_of
from workloads import SEED

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


def edited() -> Iterator[tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """Shipped policies by name, each with versions in which an operand, a maximum or a rule of every third tool changed."""
    for path in sorted(POLICIES.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        yield path.name, document, [_edited(document, seed) for seed in range(EDITS)]


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
        if random.random() < 0.3 or place[index].get("conditions") == []:
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
