"""Classes that a file sets over the classifier."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.model.catalog import Category, Risk


@dataclass(frozen=True, slots=True)
class Override:
    """`tool` is a name or a glob, `server` the one it is for, None for any; `place` is where it is written.

    At least one of `category` and `risk` is set; where the other is not, it follows.
    """

    tool: str
    server: str | None
    category: Category | None
    risk: Risk | None
    why: str
    place: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """What one file sets, in its order."""

    entries: tuple[Override, ...] = ()


NO_OVERRIDES = Overrides()
