"""The expression of a tool in the Common Expression Language."""

from __future__ import annotations

from peers.expression import SIGNS, Language, literal
from policyctl.model.policy import Condition, Op, ToolRules


def expression(rules: ToolRules) -> str:
    """Over one variable, `args`."""
    return Language(_condition).allows(rules)


def _condition(condition: Condition) -> str:
    places = [".".join(("args", *condition.path[: length + 1])) for length in range(len(condition.path))]
    present = " && ".join(f"has({place})" for place in places)
    return f"{present} && {_test(condition, places[-1])}"


def _test(condition: Condition, place: str) -> str:
    value = condition.value
    match condition.op:
        case Op.EXISTS:
            return f"{place} != null"
        case Op.IN:
            return f"{place} in {literal(value)}"
        case Op.NOT_IN:
            return f"!({place} in {literal(value)})"
        case Op.REGEX:
            return f"{place}.matches({literal(value)})"
        case Op.CONTAINS:
            return f"(type({place}) == string ? {place}.contains({literal(value)}) : {literal(value)} in {place})"
        case _:
            return f"{place} {SIGNS[condition.op]} {literal(value)}"
