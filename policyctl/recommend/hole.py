"""What the recommended policy does not protect from, found in its own rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from policyctl.model.catalog import Category, Tag
from policyctl.recommend.profile import Outcome
from policyctl.recommend.rule import Recommendation


class Kind(StrEnum):
    """One way in which a policy that is kept to can still be no help."""

    LEAK = "leak"
    INJECTION = "injection"
    FREE_ARGUMENTS = "free-arguments"
    UNCOUNTED_PRIVATE = "uncounted-private"
    PLAIN_DENY = "plain-deny"
    NEEDS_APPROVALS = "needs-approvals"
    PER_GRANT = "per-grant"
    NO_TOTAL = "no-total"
    DEFINITIONS = "definitions"


@dataclass(frozen=True, slots=True)
class Hole:
    """One of them, and the tools that make it; of a leak `tools` bring in what `others` carry out."""

    kind: Kind
    tools: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def holes(recommendations: Iterable[Recommendation]) -> Iterator[Hole]:
    """What the rules leave open, the most important first."""
    given = tuple(recommendations)
    passing = tuple(each for each in given if each.outcome.lets_calls_through)
    private, strange = _tagged(passing, Tag.PRIVATE_DATA), _tagged(passing, Tag.UNTRUSTED_CONTENT)
    sinks = _tagged(passing, Tag.EXTERNAL_SINK)
    if private and sinks:
        yield Hole(Kind.LEAK, private, sinks)
    acting = tuple(each.tool.name for each in passing if each.tool.category not in {None, Category.READ})
    if strange and acting:
        yield Hole(Kind.INJECTION, strange, acting)
    free = tuple(each.tool.name for each in passing if _acts_on_anything(each))
    if free:
        yield Hole(Kind.FREE_ARGUMENTS, free)
    uncounted = frozenset(each.tool.name for each in passing if not each.rate)
    if private_uncounted := tuple(name for name in private if name in uncounted):
        yield Hole(Kind.UNCOUNTED_PRIVATE, private_uncounted)
    yield from _forms(given)
    if counted := tuple(each.tool.name for each in passing if each.rate):
        yield Hole(Kind.PER_GRANT, counted)
    if len(passing) > 1:
        yield Hole(Kind.NO_TOTAL, tuple(each.tool.name for each in passing))
    yield Hole(Kind.DEFINITIONS)


def _tagged(recommendations: Iterable[Recommendation], tag: Tag) -> tuple[str, ...]:
    return tuple(each.tool.name for each in recommendations if tag in each.tool.tags)


def _acts_on_anything(each: Recommendation) -> bool:
    """Whether a tool that acts is limited in how often, and in nothing else."""
    rules = each.rules or {}
    return each.tool.category is Category.EXECUTE and "require" not in rules and "deny_if" not in rules


def _forms(given: Iterable[Recommendation]) -> Iterator[Hole]:
    """What the words of the vendor promise, and its form does not have."""
    each = tuple(given)
    denied = tuple(one.tool.name for one in each if one.outcome is Outcome.DENIED and _is_financial(one))
    if denied:
        yield Hole(Kind.PLAIN_DENY, denied)
    asked = tuple(one.tool.name for one in each if one.outcome is Outcome.APPROVAL)
    if asked:
        yield Hole(Kind.NEEDS_APPROVALS, asked)


def _is_financial(one: Recommendation) -> bool:
    return any(standing.category is Category.FINANCIAL for standing in one.standings)
