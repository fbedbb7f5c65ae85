"""A YAML document as its value and the offsets of what is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Node:
    """One value; `size` counts it and all below it, aliases written out, and `height` the levels below it."""

    value: Any
    start: int
    end: int
    members: list[Member] = field(default_factory=list)
    size: int = 1
    height: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A value inside a container; for an alias, `start` and `end` are the alias and `node` what it repeats."""

    segment: str | int
    node: Node
    start: int
    end: int
    key: tuple[int, int] | None
