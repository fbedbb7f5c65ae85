"""zen-engine: a compiled expression for each tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import zen

from peers.expression import Language, literal
from policyctl.model.policy import Condition, Op, ToolRules

_SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">=", Op.EQ: "==", Op.NEQ: "!="}


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """A missing argument is null, and every condition asks first whether its argument is."""
    evaluate = zen.compile_expression(Language(_condition, both="and", negation="not ({})").allows(rules)).evaluate
    return lambda args: evaluate({"args": args}) is True


def _condition(condition: Condition) -> str:
    place = ".".join(("args", *condition.path))
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
            # It takes what stands between the quotation marks as it is.
            return f'matches({place}, "{value}")'
        case Op.CONTAINS:
            return f"contains({place}, {literal(value)})"
        case _:
            return f"{place} {_SIGNS[condition.op]} {literal(value)}"
