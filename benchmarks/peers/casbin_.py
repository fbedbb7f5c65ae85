"""pycasbin: an enforcer for each tool, whose matcher is the whole expression."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import casbin
from casbin.model import Model

from peers.expression import Language, Words, literal, value_at
from policyctl.model.policy import Condition, ToolRules


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """With two functions of its own: one finds an argument, one searches a text."""
    model = Model()
    model.add_def("r", "r", "args")
    model.add_def("p", "p", "any")
    model.add_def("e", "e", "some(where (p.eft == allow))")
    model.add_def("m", "m", Language(_condition).allows(rules))
    enforcer = casbin.Enforcer(model)
    enforcer.add_function("arg", lambda args, path: value_at(args, tuple(path.split("/"))))
    enforcer.add_function("found", lambda text, pattern: re.search(pattern, text) is not None)
    return enforcer.enforce


def _condition(condition: Condition) -> str:
    place = f'arg(r.args, "{"/".join(condition.path)}")'
    return f"{place} != None && {_WORDS.test(condition, place)}"


def _python(value: object) -> str:
    if isinstance(value, list):
        return "(" + "".join(f"{literal(member)}, " for member in value) + ")"
    return "True" if value is True else literal(value)


_WORDS = Words(regex="found({0}, {1})", contains="{1} in {0}", yes="True", spelled=_python)
