"""The smallest questions about a call: each is about the value at one path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from policyctl.model.policy import Condition


@dataclass(frozen=True, slots=True)
class Fits:
    """The value is an amount that a limit with this maximum has room for when nothing is used up (language §4)."""

    path: tuple[str, ...]
    maximum: int | float


@dataclass(frozen=True, slots=True)
class OfKind:
    """The value is present and of one of these kinds: those of `values.KINDS`, and `integer` for a number without fraction."""

    path: tuple[str, ...]
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class MinLength:
    """The value is a text of at least so many characters."""

    path: tuple[str, ...]
    least: int


Atom: TypeAlias = Condition | Fits | OfKind | MinLength


@dataclass(frozen=True, slots=True)
class Literal:
    """An atom, or its opposite."""

    atom: Atom
    holds: bool


#: Literals that are all true together.
Cube: TypeAlias = tuple[Literal, ...]
#: Cubes of which at least one is true; with none at all it cannot be met.
Clause: TypeAlias = tuple[Cube, ...]
