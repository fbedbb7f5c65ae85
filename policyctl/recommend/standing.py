"""Which classes a tool may be of: its own, and each that a doubt or its risk puts beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from policyctl.catalog.digest import is_stale
from policyctl.model.catalog import Category, Confidence, Risk, Tool


class Because(StrEnum):
    """Why a class counts."""

    CLASS = "class"
    RISK = "risk"
    LOW_CONFIDENCE = "low-confidence"
    STALE_REVIEW = "stale-review"
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class Standing:
    """A class whose rules a tool has to bear."""

    category: Category
    because: Because


#: The class whose rules a risk asks for at least; any class has a Low or a Medium risk's own.
_BY_RISK = {Risk.HIGH: Category.EXECUTE, Risk.CRITICAL: Category.DESTRUCTIVE}
USUAL_RISK = {
    Category.READ: Risk.LOW,
    Category.WRITE: Risk.MEDIUM,
    Category.EXECUTE: Risk.HIGH,
    Category.DESTRUCTIVE: Risk.CRITICAL,
    Category.FINANCIAL: Risk.CRITICAL,
}
_CLASSES = re.compile(rf"\b(?:{'|'.join(Category)})\b")


def standings(tool: Tool) -> tuple[Standing, ...]:
    """Every class that counts, the tool's own first; a tool without one may be of any."""
    if tool.category is None:
        return tuple(Standing(category, Because.UNCLASSIFIED) for category in reversed(Category))
    return (Standing(tool.category, Because.CLASS), *_others(tool, tool.category))


def _others(tool: Tool, own: Category) -> Iterator[Standing]:
    seen = {own}
    for category, because in (*_by_risk(tool, own), *_doubted(tool, own), *_outdated(tool)):
        if category not in seen:
            seen.add(category)
            yield Standing(category, because)


def _by_risk(tool: Tool, own: Category) -> Iterator[tuple[Category, Because]]:
    """A risk above the usual one of the class asks for the rules that go with that risk."""
    if tool.risk is not None and tool.risk.rank > USUAL_RISK[own].rank and tool.risk in _BY_RISK:
        yield _BY_RISK[tool.risk], Because.RISK


def _doubted(tool: Tool, own: Category) -> Iterator[tuple[Category, Because]]:
    """The classes that the evidence of an unsure one names; where it names none, the next stricter one."""
    if tool.confidence is not Confidence.LOW or is_settled(tool):
        return
    named = {Category(word) for evidence in tool.evidence for word in _CLASSES.findall(evidence.says)}
    stricter = {category for category in named if category.rank > own.rank}
    following = tuple(Category)[own.rank + 1 : own.rank + 2]
    yield from ((category, Because.LOW_CONFIDENCE) for category in sorted(stricter or following, key=_rank))


def _outdated(tool: Tool) -> Iterator[tuple[Category, Because]]:
    """What a person said of an earlier definition of the tool."""
    if tool.reviewed is not None and is_stale(tool):
        yield tool.reviewed.category, Because.STALE_REVIEW


def is_settled(tool: Tool) -> bool:
    """Whether a person has judged the tool as it is now."""
    return tool.reviewed is not None and not is_stale(tool)


def _rank(category: Category) -> int:
    return category.rank
