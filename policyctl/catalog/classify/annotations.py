"""What the server itself claims in its annotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policyctl.model.catalog import Evidence
from policyctl.model.values import JSONValue


@dataclass(frozen=True, slots=True)
class Hints:
    """The three hints that matter; None where the server says nothing, or says it in a wrong type."""

    read_only: bool | None
    destructive: bool | None
    open_world: bool | None
    odd: tuple[Evidence, ...]


def hints_of(annotations: Mapping[str, JSONValue]) -> Hints:
    """The hints as booleans: what is neither true nor false is no word of a server."""
    keys = ("readOnlyHint", "destructiveHint", "openWorldHint")
    read_only, destructive, open_world = (_boolean(annotations.get(key)) for key in keys)
    return Hints(read_only, destructive, open_world, tuple(_odd(annotations, keys)))


def _boolean(value: JSONValue) -> bool | None:
    return value if isinstance(value, bool) else None


def _odd(annotations: Mapping[str, JSONValue], keys: tuple[str, ...]) -> Iterator[Evidence]:
    for key in keys:
        if annotations.get(key) is not None and not isinstance(annotations[key], bool):
            yield Evidence("annotation", key, "is neither true nor false, and is not heard")
