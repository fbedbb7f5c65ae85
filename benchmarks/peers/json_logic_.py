"""json-logic-qubit: a rule for each tool, with an operation of its own for regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from json_logic import add_operation, jsonLogic

from policyctl.model.policy import Condition, Op, Predicate, ToolRules

_SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">=", Op.EQ: "===", Op.NEQ: "!=="}

Logic = dict[str, Any]

add_operation("regex", lambda text, pattern: isinstance(text, str) and re.search(pattern, text) is not None)
add_operation("given", lambda value: value is not None)


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """A missing argument is null; where that would let a condition hold, it is asked first whether it is there."""
    logic = {
        "and": [
            *(_holds(predicate) for predicate in rules.require),
            *({"!": [_holds(predicate)]} for predicate in rules.deny_if),
        ]
    }
    return lambda args: jsonLogic(logic, args) is True


def _holds(predicate: Predicate) -> Logic:
    tests = [_test(condition) for condition in predicate.conditions]
    return tests[0] if len(tests) == 1 else {"and": tests}


def _test(condition: Condition) -> Logic:
    value: Any = condition.value
    var = {"var": ".".join(condition.path)}
    given = {"given": [var]}
    match condition.op:
        case Op.EXISTS:
            return given
        case Op.IN:
            return {"in": [var, value]}
        case Op.NOT_IN:
            return {"and": [given, {"!": [{"in": [var, value]}]}]}
        case Op.REGEX:
            return {"regex": [var, value]}
        case Op.CONTAINS:
            return {"in": [value, var]}
        case Op.NEQ:
            return {"and": [given, {"!==": [var, value]}]}
        case _:
            return {_SIGNS[condition.op]: [var, value]}
