"""rule-engine: a rule for each tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import rule_engine

from peers.expression import Language, Words
from policyctl.model.policy import Condition, ToolRules

_WORDS = Words(regex="{0} =~~ {1}", contains="{1} in {0}")


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """A missing argument is null, and every condition asks first whether its argument is."""
    context = rule_engine.Context(resolver=rule_engine.resolve_item, default_value=None)
    text = Language(_condition, both="and", negation="not ({})").allows(rules)
    return rule_engine.Rule(text, context=context).matches


def _condition(condition: Condition) -> str:
    place = "&.".join(condition.path)
    return f"{place} != null and {_WORDS.test(condition, place)}"
