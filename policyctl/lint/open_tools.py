"""Tools that an agent may use as it likes, and where the policy says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.lint.conditions import constrained
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.model.catalog import Tag, Tool
from policyctl.model.policy import ToolRules


def ruled_tools(subject: Subject) -> Iterator[tuple[Tool, ToolRules]]:
    """Tools of which some call gets through without a person, and that have an entry, with its rules."""
    for tool in subject.open_tools:
        rules = subject.policy.tools.get(tool.name)
        if rules is not None:
            yield tool, rules


def loose_tools(subject: Subject) -> Iterator[Tool]:
    """Tools of which some call gets through without a person, and whose arguments no rule looks at."""
    for tool in subject.open_tools:
        rules = subject.policy.tools.get(tool.name)
        if rules is None or not constrained(rules):
            yield tool


def with_tag(tools: Iterable[Tool], tag: Tag) -> list[str]:
    """The names of those that have the tag."""
    return [tool.name for tool in tools if tag in tool.tags]


def opened_at(subject: Subject, tool: str) -> tuple[str, bool]:
    """Where the policy opens a tool: its entry, to be shown by its key, or the default."""
    if tool in subject.policy.tools:
        return tool_pointer(tool), True
    return "/default", False
