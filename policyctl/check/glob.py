"""Which names globs match, and which further name they would."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from policyctl.cells.automaton import of_length, of_pattern
from policyctl.cells.search import shortest
from policyctl.pattern import compile_pattern
from policyctl.pattern.glob import is_name, pattern_of


def matches_any(globs: Iterable[str], name: str) -> bool:
    """Whether one of the globs matches the whole name."""
    # Most globs are names, and what reads patterns is slow to import.
    return any(glob == name if is_name(glob) else compile_pattern(pattern_of(glob)).search(name) for glob in globs)


def shortest_name(globs: Iterable[str], but: Iterable[str], taken: Collection[str]) -> str | None:
    """A name that one of the globs matches, none of `but` does, and that is not taken; None if there is none.

    TooManyStatesError if that takes too long to find out.
    """
    forbidden = [of_pattern(pattern_of(glob)) for glob in but]
    names = (shortest([of_pattern(pattern_of(glob)), of_length(1)], forbidden, taken) for glob in globs)
    return next((name for name in names if name is not None), None)
