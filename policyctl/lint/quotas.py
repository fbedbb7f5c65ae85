"""The limits of a tool, when two are the same, and whether there is anything that bounds it."""

from __future__ import annotations

from policyctl.model.policy import Limit, ToolRules


def own_limits(rules: ToolRules) -> tuple[Limit, ...]:
    """The limits that count this tool alone, in the order in which they are checked."""
    return rules.limits if rules.rate_limit is None else (*rules.limits, rules.rate_limit)


def list_of(limit: Limit) -> str:
    """The place of the list that the limit stands in, or of the tool that has it as `rate_limit`."""
    return limit.pointer.rpartition("/")[0]


def is_repeated(limit: Limit, other: Limit) -> bool:
    """Whether two limits of one list count the same up to the same maximum."""
    return list_of(limit) == list_of(other) and limit_key(limit) == limit_key(other)


def limit_key(limit: Limit) -> tuple[object, ...]:
    """The same for limits that count alike, whatever their names and messages."""
    return (limit.maximum, limit.window, limit.scope, limit.amount_from)


def is_uncontrolled(rules: ToolRules) -> bool:
    """Whether the rules of an open tool neither ask anything of a call nor count it."""
    asks = any(predicate.conditions for predicate in (*rules.require, *rules.deny_if))
    return not asks and not own_limits(rules)
