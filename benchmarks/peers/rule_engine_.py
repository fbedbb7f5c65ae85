"""rule-engine: a rule for each tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rule_engine

from peers.expression import Language, literal
from policyctl.model.policy import Condition, Op, ToolRules

_SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">=", Op.EQ: "==", Op.NEQ: "!="}


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """A missing argument is null, and every condition asks first whether its argument is."""
    context = rule_engine.Context(resolver=rule_engine.resolve_item, default_value=None)
    text = Language(_condition, both="and", negation="not ({})").allows(rules)
    return rule_engine.Rule(text, context=context).matches


def _condition(condition: Condition) -> str:
    place = "&.".join(condition.path)
    return f"{place} != null and {_test(condition, place)}"


def _test(condition: Condition, place: str) -> str:
    value: Any = condition.value
    match condition.op:
        case Op.EXISTS:
            return "true"
        case Op.IN:
            return f"{place} in {literal(value)}"
        case Op.NOT_IN:
            return f"not ({place} in {literal(value)})"
        case Op.REGEX:
            return f"{place} =~~ {literal(value)}"
        case Op.CONTAINS:
            return f"{literal(value)} in {place}"
        case _:
            return f"{place} {_SIGNS[condition.op]} {literal(value)}"
