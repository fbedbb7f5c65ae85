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
    """The tools whose class and risk stand in the catalog without a person's decision about them."""
    document = subject.catalog_document
    for tool in subject.tools.values():
        # A class that was just made by the classifier agrees with it, and takes as long to make again.
        is_written = document is None or document.holds(f"{tool.pointer}/category")
        if is_written and tool.category and tool.risk and not is_signed(tool):
            yield tool


def is_doubtful(tool: Tool) -> bool:
    """Whether the class is hardly more than a guess."""
    return tool.confidence is Confidence.LOW and not is_signed(tool)
