"""pycasbin: an enforcer for each tool, whose matcher is the whole expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import casbin
from casbin.model import Model

from peers.expression import Language, literal
from policyctl.model.policy import Condition, Op, ToolRules

_SIGNS = {Op.LT: "<", Op.LTE: "<=", Op.GT: ">", Op.GTE: ">=", Op.EQ: "==", Op.NEQ: "!="}


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """With two functions of its own: one finds an argument, one searches a text."""
    model = Model()
    model.add_def("r", "r", "args")
    model.add_def("p", "p", "any")
    model.add_def("e", "e", "some(where (p.eft == allow))")
    model.add_def("m", "m", Language(_condition).allows(rules))
    enforcer = casbin.Enforcer(model)
    enforcer.add_function("arg", _at)
    enforcer.add_function("found", lambda text, pattern: re.search(pattern, text) is not None)
    return enforcer.enforce


def _at(args: Any, path: str) -> Any:
    for key in path.split("/"):
        if type(args) is not dict:
            return None
        args = args.get(key)
    return args


def _condition(condition: Condition) -> str:
    place = f'arg(r.args, "{"/".join(condition.path)}")'
    return f"{place} != None && {_test(condition, place)}"


def _test(condition: Condition, place: str) -> str:
    value: Any = condition.value
    match condition.op:
        case Op.EXISTS:
            return "True"
        case Op.IN:
            return f"{place} in {_members(value)}"
        case Op.NOT_IN:
            return f"not ({place} in {_members(value)})"
        case Op.REGEX:
            return f"found({place}, {literal(value)})"
        case Op.CONTAINS:
            return f"{literal(value)} in {place}"
        case _:
            return f"{place} {_SIGNS[condition.op]} {'True' if value is True else literal(value)}"


def _members(values: list[Any]) -> str:
    return "(" + "".join(f"{literal(value)}, " for value in values) + ")"
