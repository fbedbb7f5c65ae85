"""The conditions of a tool's rules, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from policyctl.lint.subject import Subject, condition_pointer
from policyctl.model.catalog import Tool
from policyctl.model.policy import Condition, Predicate, ToolRules


@dataclass(frozen=True, slots=True)
class Placed:
    """One condition where it stands; `tool` is what the catalog knows, None without one."""

    condition: Condition
    predicate: Predicate
    rules: ToolRules
    part: Literal["require", "deny_if"]
    pointer: str
    tool: Tool | None

    @property
    def is_alone(self) -> bool:
        """Whether nothing else has to hold beside it."""
        return len(self.predicate.conditions) == 1


def placed(subject: Subject, rules: ToolRules) -> Iterator[Placed]:
    """Every condition of a tool, in the order in which they are evaluated."""
    tool = subject.tools.get(rules.name)
    for predicate in rules.require:
        for index, condition in enumerate(predicate.conditions):
            yield Placed(condition, predicate, rules, "require", condition_pointer(predicate, index), tool)
    for predicate in rules.deny_if:
        for index, condition in enumerate(predicate.conditions):
            yield Placed(condition, predicate, rules, "deny_if", condition_pointer(predicate, index), tool)


def live(subject: Subject) -> Iterator[Placed]:
    """The conditions of tools that are not shut, tool by tool."""
    return (each for rules in subject.live_rules for each in placed(subject, rules))


def required(subject: Subject) -> Iterator[Placed]:
    """The conditions that have to hold, of tools of which some call gets through without a person."""
    return (each for each in live(subject) if each.part == "require")


def denied(subject: Subject) -> Iterator[Placed]:
    """The conditions that deny, of the same tools."""
    for rules in subject.live_rules:
        if subject.is_open(rules.name):
            yield from (each for each in placed(subject, rules) if each.part == "deny_if")


def constrained(rules: ToolRules) -> frozenset[tuple[str, ...]]:
    """The paths that some rule of the tool asks about."""
    return frozenset(
        condition.path for predicate in (*rules.require, *rules.deny_if) for condition in predicate.conditions
    ) | frozenset(limit.amount_from for limit in rules.limits if limit.amount_from)
