"""The one piece of evidence that says most about a class."""

from __future__ import annotations

from policyctl.model.catalog import Category, Evidence, Tool

#: Kinds of signals that speak against a class, or about something else.
_ASIDE = frozenset({"against", "hidden text", "instructions", "stale review"})


def decisive(tool: Tool) -> Evidence | None:
    """The first that speaks for the class and for no other, else the first that speaks at all."""
    speaking = [evidence for evidence in tool.evidence if evidence.signal not in _ASIDE]
    others = tuple(category for category in Category if category is not tool.category)
    alone = [evidence for evidence in speaking if not any(other in evidence.says for other in others)]
    return next(iter((*alone, *speaking, *tool.evidence)), None)


def warnings(tool: Tool) -> tuple[Evidence, ...]:
    """What is wrong with the tool's texts, whatever its class."""
    return tuple(evidence for evidence in tool.evidence if evidence.signal in {"hidden text", "instructions"})
