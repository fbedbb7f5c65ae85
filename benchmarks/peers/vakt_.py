"""vakt: a guard for each tool, with one policy that allows and one for each predicate that denies."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import vakt
from vakt import rules as rule
from vakt.rules.base import Rule

from peers.expression import paths_of, value_at
from policyctl.model.policy import Condition, Op, ToolRules

_ORDER = {Op.LT: rule.Less, Op.LTE: rule.LessOrEqual, Op.GT: rule.Greater, Op.GTE: rule.GreaterOrEqual}
#: It logs each decision twice otherwise.
logging.disable(logging.CRITICAL)


def engine(rules: ToolRules) -> Callable[[dict[str, Any]], bool]:
    """Arguments are looked up before they are asked about: its rules know no paths."""
    policies = [_policy(1, vakt.ALLOW_ACCESS, [c for predicate in rules.require for c in predicate.conditions])]
    policies += [
        _policy(number, vakt.DENY_ACCESS, list(predicate.conditions))
        for number, predicate in enumerate(rules.deny_if, 2)
    ]
    storage = vakt.MemoryStorage()
    for policy in policies:
        storage.add(policy)
    guard = vakt.Guard(storage, vakt.RulesChecker())
    asked = [(".".join(path), path) for path in paths_of(rules)]

    def decide(args: dict[str, Any]) -> bool:
        resource = {name: value for name, path in asked if (value := value_at(args, path)) is not None}
        return guard.is_allowed_check(vakt.Inquiry(action="call", subject="agent", resource=resource or {"": ""}))

    return decide


def _policy(number: int, effect: str, conditions: list[Condition]) -> vakt.Policy:
    resource: dict[str, Rule] = {}
    for condition in conditions:
        name = ".".join(condition.path)
        resource[name] = rule.And(resource[name], _rule(condition)) if name in resource else _rule(condition)
    return vakt.Policy(
        number, effect=effect, actions=[rule.Any()], subjects=[rule.Any()], resources=[resource or rule.Any()]
    )


def _rule(condition: Condition) -> Rule:
    value: Any = condition.value
    match condition.op:
        case Op.EXISTS:
            return rule.Any()
        case Op.EQ:
            return rule.Eq(value)
        case Op.NEQ:
            return rule.NotEq(value)
        case Op.IN:
            return rule.In(*value)
        case Op.NOT_IN:
            return rule.NotIn(*value)
        case Op.REGEX:
            return _Search(value)
        case Op.CONTAINS:
            return _Holds(value)
        case _:
            return _ORDER[condition.op](value)


class _Search(Rule):
    """Its own rule for patterns looks at the start of a text only."""

    def __init__(self, pattern: str) -> None:
        self.search = re.compile(pattern).search

    def satisfied(self, what: Any, inquiry: Any = None) -> bool:  # noqa: ARG002 - its own name for it
        return isinstance(what, str) and self.search(what) is not None


class _Holds(Rule):
    """A text or a list."""

    def __init__(self, value: str) -> None:
        self.value = value

    def satisfied(self, what: Any, inquiry: Any = None) -> bool:  # noqa: ARG002 - its own name for it
        return isinstance(what, str | list) and self.value in what
