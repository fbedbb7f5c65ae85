"""Which ways of abuse threaten a tool, by its class, its tags, its arguments and its definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyctl.catalog.abuse.content import CONTENT
from policyctl.catalog.abuse.deals import DEALS
from policyctl.catalog.abuse.definition import DEFINITION
from policyctl.catalog.abuse.leaks import LEAKS
from policyctl.catalog.abuse.losses import LOSSES
from policyctl.catalog.abuse.money import MONEY
from policyctl.catalog.abuse.pattern import AttackPattern, When
from policyctl.catalog.abuse.rights import RIGHTS
from policyctl.catalog.abuse.running import RUNNING
from policyctl.catalog.arguments import Argument, arguments_of, names_of
from policyctl.catalog.kinds import words_of
from policyctl.catalog.signs import Sign, signs_of
from policyctl.model.catalog import Tool

#: All that there are; of two that fit equally well the first comes first.
PATTERNS: tuple[AttackPattern, ...] = (*MONEY, *DEALS, *RUNNING, *RIGHTS, *LOSSES, *LEAKS, *CONTENT, *DEFINITION)

#: More than these nobody reads.
MOST = 5
#: What fits less than this is said only of tools of which there is nothing else to say.
_NEAR = 30


@dataclass(frozen=True, slots=True)
class Threat:
    """A pattern that fits a tool, `because` of what, and the `arguments` that make it fit."""

    pattern: AttackPattern
    because: str
    arguments: tuple[str, ...] = ()


def threats_to(tool: Tool) -> tuple[Threat, ...]:
    """The patterns that fit a tool and why, most relevant first, at most MOST; at least one fits any tool."""
    facts = _Facts(tool, arguments_of(tool), frozenset(words_of(tool.name)), signs_of(tool))
    fitting = ((pattern, _strongest(pattern, facts)) for pattern in PATTERNS)
    found = sorted(
        ((pattern, when) for pattern, when in fitting if when is not None),
        key=lambda pair: pair[1].weight,
        reverse=True,
    )
    near = [pair for pair in found if pair[1].weight >= _NEAR]
    return tuple(_threat(pattern, when, facts) for pattern, when in near[:MOST] or found[:1])


@dataclass(frozen=True, slots=True)
class _Facts:
    tool: Tool
    arguments: tuple[Argument, ...]
    words: frozenset[str]
    signs: frozenset[Sign]


def _strongest(pattern: AttackPattern, facts: _Facts) -> When | None:
    return max((when for when in pattern.when if _holds(when, facts)), key=lambda when: when.weight, default=None)


def _holds(when: When, facts: _Facts) -> bool:
    return all(_asked(when, facts))


def _asked(when: When, facts: _Facts) -> Iterator[bool]:
    yield not when.categories or facts.tool.category in when.categories
    yield when.tags <= facts.tool.tags
    yield not when.words or not when.words.isdisjoint(facts.words)
    yield not when.signs or not when.signs.isdisjoint(facts.signs)
    yield not when.arguments or any(names_of(facts.arguments, when.arguments))


def _threat(pattern: AttackPattern, when: When, facts: _Facts) -> Threat:
    return Threat(pattern, when.because, tuple(names_of(facts.arguments, when.arguments)) if when.arguments else ())
