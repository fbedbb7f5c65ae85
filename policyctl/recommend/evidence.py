"""The one piece of evidence that says most about a class."""

from __future__ import annotations

from policyctl.model.catalog import Category, Evidence, Tool


def decisive(tool: Tool) -> Evidence | None:
    """The first that speaks for the class, else the first that speaks for no other, else the first."""
    if tool.category is None:
        return next(iter(tool.evidence), None)
    others = tuple(category for category in Category if category is not tool.category)
    neutral = [evidence for evidence in tool.evidence if not any(other in evidence.says for other in others)]
    speaking = [evidence for evidence in neutral if tool.category in evidence.says]
    return next(iter((*speaking, *neutral, *tool.evidence)), None)
