"""How the rule of a tool can be made to let more through, or less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policyctl.catalog.kinds import words_of
from policyctl.model.catalog import Tool
from policyctl.model.policy import Action, Op, Scope
from policyctl.model.values import JSONValue
from policyctl.recommend.arguments import Argument
from policyctl.recommend.bounds import bounds_of, condition, is_harmless_switch, predicate
from policyctl.recommend.profile import HUMAN_APPROVAL, Outcome
from policyctl.recommend.skeleton import Gap
from policyctl.source.pointer import format_path

_AMOUNTS = ("amount", "notional", "total", "quantity", "qty", "value", "price")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and the rules that come of it; None where the rules are not what changes."""

    words: str
    rules: Mapping[str, JSONValue] | None


def looser(
    tool: Tool, outcome: Outcome, rules: Mapping[str, Any], arguments: tuple[Argument, ...], *, gap: Gap | None
) -> Iterator[Step]:
    """What lets more calls through, the smallest step first."""
    match outcome:
        case Outcome.OPEN:
            return
        case Outcome.LIMITED:
            rest = {key: value for key, value in rules.items() if key != "limits"}
            yield Step("raise `max`, or count nothing", rest)
        case Outcome.APPROVAL:
            if gap is not None:
                rules = {**rules, "require": [predicate(gap.example), *rules["require"][1:]]}
                yield Step(f"say which values of `{gap.path}` may pass, for instance", rules)
            yield from _small_amounts(tool, arguments)
            yield Step("let calls through without a person, and count them", _counted(tool, rules, 10, "hour"))
        case Outcome.DENIED:
            yield Step("let a person approve each call", _approval())
            yield from _small_amounts(tool, arguments)
        case Outcome.HIDDEN:
            yield Step("take the name out of `hide` and let a person approve each call", _approval())


def tighter(tool: Tool, outcome: Outcome, rules: Mapping[str, Any], arguments: tuple[Argument, ...]) -> Iterator[Step]:
    """What lets fewer calls through, the smallest step first."""
    match outcome:
        case Outcome.OPEN:
            yield Step("count the calls", _counted(tool, rules, 60, "minute"))
        case Outcome.LIMITED:
            yield from _bounded(rules, arguments)
            yield from _rehearsed(rules, arguments)
            yield Step("let a person approve each call", {**_approval(), **rules})
        case Outcome.APPROVAL:
            yield Step("deny every call", {"deny_if": [predicate(on_deny=HUMAN_APPROVAL)]})
        case Outcome.DENIED:
            yield Step("list the name under `hide` instead, so that no agent sees it", None)
        case Outcome.HIDDEN:
            return


def _approval() -> dict[str, JSONValue]:
    return {"action": Action.REQUIRE_APPROVAL.value, "reason": HUMAN_APPROVAL}


def _counted(tool: Tool, rules: Mapping[str, JSONValue], maximum: int, window: str) -> dict[str, JSONValue]:
    kept = {key: value for key, value in rules.items() if key not in {"action", "reason", "limits"}}
    limit: JSONValue = {"counter": f"{tool.name}_rate", "max": maximum, "window": window, "scope": Scope.GRANT.value}
    return {**kept, "limits": [limit]}


def _small_amounts(tool: Tool, arguments: tuple[Argument, ...]) -> Iterator[Step]:
    """Money that is small by the call and by the day; an amount that is written as a text cannot be compared."""
    for word in _AMOUNTS:
        for argument in arguments:
            if word in words_of(argument.name) and argument.types and argument.types <= {"number", "integer"}:
                path = format_path(argument.path)
                small = predicate(condition(argument, Op.GT, 0), condition(argument, Op.LTE, 100))
                day: JSONValue = {
                    "counter": f"{tool.name}_sum",
                    "max": 500,
                    "window": "day",
                    "scope": Scope.GRANT.value,
                    "amount_from": path,
                }
                words = "let small amounts through; 100 a call and 500 a day stand for your own numbers"
                yield Step(words, {"require": [small], "limits": [day]})
                return


def _bounded(rules: Mapping[str, Any], arguments: tuple[Argument, ...]) -> Iterator[Step]:
    bounds = bounds_of(arguments)
    parts = {"require": list(bounds.require), "deny_if": list(bounds.deny_if)}
    added = {key: part for key, part in parts.items() if part and key not in rules}
    if added:
        yield Step("hold the arguments to what the schema says of them", {**added, **rules})


def _rehearsed(rules: Mapping[str, Any], arguments: tuple[Argument, ...]) -> Iterator[Step]:
    for argument in arguments:
        if is_harmless_switch(argument):
            held = predicate(condition(argument, Op.EQ, True))
            yield Step("let it rehearse only", {"require": [held, *rules.get("require", [])]} | _without_require(rules))
            return


def _without_require(rules: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rules.items() if key != "require"}
