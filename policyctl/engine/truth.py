"""Kleene's three truth values."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """What is known of a statement; the order is the one of Kleene's logic: "and" is the least, "or" the greatest."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @classmethod
    def of(cls, fact: bool) -> Truth:
        """A fact that is known."""
        return cls.TRUE if fact else cls.FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """True if every one is, false if any is; true for none at all."""
    return min(truths, key=_rank, default=Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if any is, false if all are; false for none at all."""
    return max(truths, key=_rank, default=Truth.FALSE)


def _rank(truth: Truth) -> int:
    return int(truth.value)
