"""zen-engine: a compiled expression for each tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import zen

from peers.expression import Language, Words
from policyctl.model.policy import Condition, ToolRules

#: It takes what stands between the quotation marks of a pattern as it is.
_WORDS = Words(regex='matches({0}, "{2}")', contains="contains({0}, {1})")


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """A missing argument is null, and every condition asks first whether its argument is."""
    evaluate = zen.compile_expression(Language(_condition, both="and", negation="not ({})").allows(rules)).evaluate
    return lambda args: evaluate({"args": args}) is True


def _condition(condition: Condition) -> str:
    place = ".".join(("args", *condition.path))
    return f"{place} != null and {_WORDS.test(condition, place)}"
