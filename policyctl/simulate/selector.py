"""`meta.session_kind=benign,meta.utility=true`: which records a user means."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from policyctl.engine.equality import equal
from policyctl.errors import PolicyctlError
from policyctl.model.call import Call
from policyctl.replay.subjects import decoded

_FIELDS = ("tool", "session", "grant", "server", "outcome", "id")


@dataclass(frozen=True, slots=True)
class Selector:
    """Tests that hold together: a place in the record, and the value that stands there (None: any but null and false)."""

    text: str
    tests: tuple[tuple[tuple[str, ...], str | None], ...]

    @property
    def fields(self) -> frozenset[str]:
        """The fields of a record in which its places are."""
        return frozenset(path[0] for path, _ in self.tests)

    def matches(self, call: Call) -> bool:
        """Whether every test holds for this record."""
        meta: Any = decoded(call.meta) if any(path[0] == "meta" for path, _ in self.tests) else None
        return all(_holds(_value(call, meta, path), wanted) for path, wanted in self.tests)


def parse_selector(text: str, *, option: str) -> Selector:
    """A comma-separated list of `PLACE=VALUE` or `PLACE`. PolicyctlError if a place is none of a record."""
    tests = []
    for entry in text.split(","):
        place, separator, value = entry.strip().partition("=")
        path = tuple(place.split("."))
        if not _is_place(path):
            raise PolicyctlError(
                f"`{option}` does not know the place `{place}`",
                hint="write `meta.KEY=VALUE`, or a field: " + ", ".join(_FIELDS),
            )
        tests.append((path, value if separator else None))
    return Selector(text, tuple(tests))


def any_matches(selectors: Sequence[Selector], call: Call) -> bool:
    """Whether one of the selectors means this record."""
    return any(selector.matches(call) for selector in selectors)


def _is_place(path: tuple[str, ...]) -> bool:
    return (path[0] == "meta" and len(path) > 1 and all(path)) or (len(path) == 1 and path[0] in _FIELDS)


def _value(call: Call, meta: Any, path: tuple[str, ...]) -> Any:
    if path[0] != "meta":
        return getattr(call, path[0])
    value = meta
    for key in path[1:]:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _holds(value: Any, wanted: str | None) -> bool:
    if wanted is None:
        return value is not None and value is not False
    return value == wanted if isinstance(value, str) else equal(value, _literal(wanted)) and value is not None


def _literal(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
