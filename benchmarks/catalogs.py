"""Catalogs of made-up tools, the same for the same size."""

from __future__ import annotations

import json
import random
from pathlib import Path

from workloads import WORK

_VERBS = ("get", "list", "search", "create", "update", "send", "run", "delete", "transfer", "cancel")
_THINGS = ("order", "invoice", "file", "branch", "message", "user", "table", "report", "secret", "workflow")
_TYPES = (
    {"type": "string"},
    {"type": "number", "minimum": 0, "maximum": 100},
    {"enum": ["a", "b", "c"]},
    {"type": "boolean"},
)


def catalog_file(size: int) -> Path:
    """A catalog of so many tools."""
    rng = random.Random(size)
    tools = [_tool(number, rng) for number in range(size)]
    path = WORK / f"catalog-{size}.json"
    document = {"version": "1", "server": {"id": "bench", "name": "Bench"}, "tools": tools}
    path.write_text(json.dumps(document, indent=1), "utf-8")
    return path


def _tool(number: int, rng: random.Random) -> dict[str, object]:
    verb, thing = rng.choice(_VERBS), rng.choice(_THINGS)
    names = rng.sample(
        ("id", "name", "path", "url", "amount", "query", "force", "limit", "note", "mode"), rng.randint(1, 8)
    )
    properties = {name: rng.choice(_TYPES) for name in names}
    return {
        "name": f"{verb}_{thing}_{number}",
        "description": f"{verb.capitalize()}s a {thing} of the account. " + "It says what it did. " * rng.randint(1, 6),
        "inputSchema": {"type": "object", "properties": properties, "required": names[: rng.randint(0, len(names))]},
    }
