"""A way of abusing a tool, and the tools that it threatens."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.catalog.kinds import ArgumentKind
from policyctl.catalog.signs import Sign
from policyctl.model.catalog import Category, Tag


@dataclass(frozen=True, slots=True)
class When:
    """Facts that make a pattern fit, all of them; of `categories`, `arguments`, `words` and `signs` any one is enough.

    `weight` is from 0 to 100: how near the pattern is to what the tool is for. `because` goes on from "since".
    `words` are words of the tool's name.
    """

    weight: int
    because: str
    categories: frozenset[Category] = frozenset()
    tags: frozenset[Tag] = frozenset()
    arguments: frozenset[ArgumentKind] = frozenset()
    words: frozenset[str] = frozenset()
    signs: frozenset[Sign] = frozenset()


@dataclass(frozen=True, slots=True)
class AttackPattern:
    """`how` it goes, what it `needs`, and what of a policy `stops` it; the references are ids of policyctl.catalog.taxonomy."""

    id: str
    title: str
    how: str
    needs: str
    stops: str
    when: tuple[When, ...]
    owasp_mcp: tuple[str, ...] = ()
    owasp_agentic: tuple[str, ...] = ()
    atlas: tuple[str, ...] = ()
    cwe: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """All of them, list by list."""
        return (*self.owasp_mcp, *self.owasp_agentic, *self.atlas, *self.cwe)
