"""The `tool` and `args` of a benchmark's calls, rendered before the trace is written."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from families import ABSENT, value_for
from policies import Group, Tool

#: How many bodies are rendered in all, and for one tool.
BODIES, MOST, LEAST = 30_000, 1_000, 20

#: One body in so many is denied by a condition, one tool in so many is in no policy.
DENIED, UNLISTED = 0.08, 0.01

#: Bytes of `"tool":…,"args":…`, so that a line has 300 to 600.
_SHORTEST, _LONGEST = 175, 385
_FIELDS = (5, 15)

_WORDS = (
    *("invoice", "quarter", "review", "draft", "weekly", "report", "total", "of", "item", "shipment", "batch", "note"),
    *("customer", "follow", "up", "with", "team", "before", "friday", "status", "open", "and", "the"),
    *("für", "straße", "naïve", "café", '"quoted"', "line\nbreak", "back\\slash"),
)
_FILLERS: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("dry_run", (True, False)),
    ("priority", (1, 2, 3, 5, 8)),
    ("locale", ("en-GB", "de-DE", "fr-FR")),
    ("page", (1, 2, 17, 250)),
    ("tags", (["a", "b"], [], ["nightly", "export", "v2"])),
    ("ratio", (0.25, 1.5, 12.75, -3.5)),
    ("cursor", ("c2VxOjE4Nzc=", "c2VxOjkwMQ==")),
    ("parent", (None,)),
    ("retries", ({"retry": 3, "backoff": 1.5}, {"verbose": True})),
    ("channel", ("general", "ops", "Grüße")),
    ("version", ("1.4.2", "2.0.0-rc1")),
    ("requester", ({"name": "Ada", "team": {"id": 12}}, {"name": "Zoë"})),
    ("seq", (1_024, 77_123, 9_007_199_254_740_993)),
    ("silent", (True, False, None)),
)


def bodies_of(tools: tuple[Tool, ...], rng: Random) -> list[list[str]]:
    """For each tool the bodies to choose from, each for one call."""
    each = min(MOST, max(LEAST, BODIES // len(tools)))
    return [[_body(tool, rng) for _ in range(each)] for tool in tools]


def _body(tool: Tool, rng: Random) -> str:
    name = f"{tool.name}_beta" if rng.random() < UNLISTED else tool.name
    args = _asked_arguments(tool, rng)
    target = rng.randrange(_SHORTEST, _LONGEST)
    for key, choices in rng.sample(_FILLERS, rng.randrange(2, 11)):
        if len(args) < _FIELDS[1] - 1 and _size(name, args) < target - 40:
            args[key] = rng.choice(choices)
    while len(args) < _FIELDS[0] - 1:
        args[f"flag{len(args)}"] = rng.random() < 0.5
    args["note"] = ""
    args["note"] = _text(target - _size(name, args), rng)
    return _render(name, args)


def _asked_arguments(tool: Tool, rng: Random) -> dict[str, Any]:
    """Arguments that every predicate lets pass, or all but one."""
    groups = [(group, True) for group in tool.require] + [(group, False) for group in tool.deny_if]
    broken = rng.randrange(len(groups)) if rng.random() < DENIED else None
    args: dict[str, Any] = {}
    for number, (group, wanted) in enumerate(groups):
        _fill(args, group, holds=wanted if number != broken else not wanted, rng=rng)
    return args


def _fill(args: dict[str, Any], group: Group, *, holds: bool, rng: Random) -> None:
    for asked, operand in group:
        value = value_for(asked.op, operand, holds=holds, rng=rng)
        *parents, key = asked.path.split(".")
        place = args
        for parent in parents:
            place = place.setdefault(parent, {"kind": "std"})
        if value is not ABSENT:
            place[key] = value


def _text(length: int, rng: Random) -> str:
    """About so many bytes of words."""
    text = ""
    while len(text.encode()) < length:
        text += rng.choice(_WORDS) + " "
    return text.encode()[: max(length, 0)].decode(errors="ignore")


def _size(name: str, args: dict[str, Any]) -> int:
    return len(_render(name, args).encode())


def _render(name: str, args: dict[str, Any]) -> str:
    rendered = json.dumps(args, ensure_ascii=False, separators=(",", ":"))
    return f'"tool":{json.dumps(name)},"args":{rendered}'
