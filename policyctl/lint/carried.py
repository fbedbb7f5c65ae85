"""Classes that a catalog carries, and whether anybody stands behind them."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.lint.subject import Subject
from policyctl.model.catalog import Confidence, Tool

_BY_PEOPLE = frozenset({"override", "review"})


def is_signed(tool: Tool) -> bool:
    """Whether a person has decided about the class: by a review, or in a file of overrides."""
    return tool.reviewed is not None or any(each.signal in _BY_PEOPLE for each in tool.evidence)


def unsigned(subject: Subject) -> Iterator[Tool]:
    """The tools that have a class and a risk about which no person has decided."""
    return (tool for tool in subject.tools.values() if tool.category and tool.risk and not is_signed(tool))


def is_doubtful(tool: Tool) -> bool:
    """Whether the class is hardly more than a guess."""
    return tool.confidence is Confidence.LOW and not is_signed(tool)
