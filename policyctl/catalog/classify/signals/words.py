"""How a family is written down: words between blanks."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text, in which a line break is a blank."""
    return frozenset(text.split())
