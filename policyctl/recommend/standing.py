"""Which classes a tool may be of: its own, and each that a doubt or its risk puts beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from policyctl.catalog.classify.risk import DEFAULT as USUAL_RISK
from policyctl.catalog.digest import is_stale
from policyctl.model.catalog import Category, Confidence, Risk, Tool


class Because(StrEnum):
    """Why a class counts."""

    CLASS = "class"
    RISK = "risk"
    LOW_CONFIDENCE = "low-confidence"
    STALE_REVIEW = "stale-review"
    CONTRADICTED = "contradicted"
    UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class Standing:
    """A class whose rules a tool has to bear."""

    category: Category
    because: Because


#: The class that goes with a risk; Low is above none.
_BY_RISK = {Risk.MEDIUM: Category.WRITE, Risk.HIGH: Category.EXECUTE, Risk.CRITICAL: Category.DESTRUCTIVE}
#: The signal of a class that a catalog gives without a reason, and against stricter signals.
CONTESTED = "contested"
_QUOTED = re.compile(r"`[^`]*`")
_CLASSES = re.compile(rf"\b(?:{'|'.join(Category)})\b")


def standings(tool: Tool) -> tuple[Standing, ...]:
    """Every class that counts, the tool's own first; a tool without one may be of any."""
    if tool.category is None:
        return tuple(Standing(category, Because.UNCLASSIFIED) for category in reversed(Category))
    return (Standing(tool.category, Because.CLASS), *_others(tool, tool.category))


def _others(tool: Tool, own: Category) -> Iterator[Standing]:
    """A risk above the usual one of the class asks for the rules that go with that risk; then come the doubts."""
    if tool.risk is not None and tool.risk.rank > USUAL_RISK[own].rank:
        yield Standing(_BY_RISK[tool.risk], Because.RISK)
    if tool.reviewed is not None and is_stale(tool):
        yield from (Standing(category, Because.STALE_REVIEW) for category in _possible(tool, own))
    elif tool.confidence is Confidence.LOW and tool.reviewed is None:
        yield from (Standing(category, Because.LOW_CONFIDENCE) for category in _possible(tool, own))
    elif tool.reviewed is None and any(evidence.signal == CONTESTED for evidence in tool.evidence):
        # The catalog's word holds; that a reason for it is missing is worth a look.
        yield Standing(own, Because.CONTRADICTED)


def _possible(tool: Tool, own: Category) -> list[Category]:
    """The stricter classes that the evidence names beside what it quotes.

    Where it names none, a tool that seems to read may change something; of others the class is the strictest already.
    """
    said = " ".join(_QUOTED.sub("", evidence.says) for evidence in tool.evidence)
    stricter = {Category(word) for word in _CLASSES.findall(said)} - set(tuple(Category)[: own.rank + 1])
    return sorted(stricter, key=_rank) or [Category.WRITE if own is Category.READ else own]


def is_settled(tool: Tool) -> bool:
    """Whether a person has judged the tool as it is now."""
    return tool.reviewed is not None and not is_stale(tool)


def _rank(category: Category) -> int:
    return category.rank
