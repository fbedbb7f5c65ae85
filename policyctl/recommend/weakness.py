"""In what a hand-written rule lets more through than the recommended one, as far as the two can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from policyctl.model.policy import NAMED_WINDOWS, Action, Limit, Policy, Predicate, Scope, ToolRules
from policyctl.recommend.profile import Outcome, Rate
from policyctl.recommend.rule import Recommendation
from policyctl.source.pointer import format_path


class Weakness(StrEnum):
    """One thing that is weaker; the exact difference is what `--against` shows."""

    VISIBLE = "visible"
    CALLABLE = "callable"
    NO_APPROVAL = "no-approval"
    NO_LIMIT = "no-limit"
    NO_BOUNDS = "no-bounds"


def weaknesses(policy: Policy, rules: ToolRules, recommended: Recommendation) -> Iterator[Weakness]:
    """What a call or a sequence of calls gets by these rules and would not by the recommended ones."""
    if _always_denies(rules):
        if recommended.outcome is Outcome.HIDDEN:
            yield Weakness.VISIBLE
        return
    match recommended.outcome:
        case Outcome.OPEN:
            return
        case Outcome.HIDDEN | Outcome.DENIED:
            yield Weakness.CALLABLE
            return
        case Outcome.APPROVAL if rules.action is not Action.REQUIRE_APPROVAL:
            yield Weakness.NO_APPROVAL
        case _:
            pass
    limits = policy.limits_of(rules.name)
    if not all(any(_is_within(limit, rate) for limit in limits) for rate in recommended.rate):
        yield Weakness.NO_LIMIT
    if not _has_all(rules, recommended.rules or {}):
        yield Weakness.NO_BOUNDS


def _always_denies(rules: ToolRules) -> bool:
    return rules.action is Action.DENY or any(not predicate.conditions for predicate in rules.deny_if)


def _is_within(limit: Limit, rate: Rate) -> bool:
    """Whether a limit admits no more calls of a grant in a window than a rate does; windows are aligned to UTC."""
    if limit.scope is Scope.SESSION or limit.amount_from is not None:
        return False
    seconds = NAMED_WINDOWS[rate.window]
    if limit.window % seconds == 0:
        return limit.maximum <= rate.maximum
    return seconds % limit.window == 0 and limit.maximum * (seconds // limit.window) <= rate.maximum


def _has_all(rules: ToolRules, recommended: Mapping[str, Any]) -> bool:
    """Whether each recommended predicate is written down too, whatever its message."""
    return _conditions(recommended.get("require", ())) <= _said(rules.require) and (
        _conditions(recommended.get("deny_if", ())) <= _said(rules.deny_if)
    )


def _said(predicates: Iterable[Predicate]) -> set[str]:
    return {
        repr([(format_path(condition.path), condition.op.value, condition.value) for condition in predicate.conditions])
        for predicate in predicates
    }


def _conditions(predicates: Iterable[Mapping[str, Any]]) -> set[str]:
    return {
        repr([(condition["path"], condition["op"], condition["value"]) for condition in predicate["conditions"]])
        for predicate in predicates
    }
