"""oso: a rule for each tool."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from oso import Oso

from peers.expression import SIGNS, Language, literal
from policyctl.model.policy import Condition, Op, ToolRules


class _Text:
    @staticmethod
    def found(text: str, pattern: str) -> bool:
        return re.search(pattern, text) is not None

    @staticmethod
    def holds(whole: str | list[Any], part: str) -> bool:
        return part in whole


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """A missing argument fails a condition; patterns and texts go to a class of the host."""
    oso = Oso()
    oso.register_class(_Text, name="Text")
    oso.load_str(f"passes(args) if {Language(_condition, both='and', negation='not ({})').allows(rules)};")
    ask = oso.query_rule
    return lambda args: next(iter(ask("passes", args)), None) is not None


def _condition(condition: Condition) -> str:
    place = ".".join(("args", *condition.path))
    return _test(condition, place)


def _test(condition: Condition, place: str) -> str:
    value: Any = condition.value
    match condition.op:
        case Op.EXISTS:
            return f"{place} != nil"
        case Op.IN:
            return f"{place} in {literal(value)}"
        case Op.NOT_IN:
            return f"{place} != nil and not ({place} in {literal(value)})"
        case Op.REGEX:
            return f"Text.found({place}, {literal(value)})"
        case Op.CONTAINS:
            return f"Text.holds({place}, {literal(value)})"
        case _:
            return f"{place} {SIGNS[condition.op]} {literal(value)}"
