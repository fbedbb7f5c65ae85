"""What a policy can do with one tool, each way as a whole policy that allows nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from policyctl.catalog.arguments import arguments_of as described
from policyctl.catalog.arguments import names_of
from policyctl.catalog.kinds import ArgumentKind, words_of
from policyctl.model.catalog import Category, Tool
from policyctl.model.policy import Action, Op
from policyctl.model.values import JSONValue
from policyctl.recommend.arguments import Argument, arguments_of
from policyctl.recommend.bounds import bounds_of, condition, predicate
from policyctl.recommend.profile import HUMAN_APPROVAL
from policyctl.recommend.rule import EVERY_TOOL
from policyctl.recommend.skeleton import skeleton_of


class Aim(StrEnum):
    """What a reader wants of a tool."""

    LIMIT = "limit"
    BLOCK = "block"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Way:
    """One policy that serves an aim; `words` say what it does, the policy's own words in backticks."""

    aim: Aim
    words: str
    policy: Mapping[str, JSONValue]


@dataclass(frozen=True, slots=True)
class _Quota:
    maximum: int
    window: Literal["minute", "hour", "day"]

    def __str__(self) -> str:
        return f"{self.maximum} calls {'an' if self.window == 'hour' else 'a'} {self.window}"


#: Where to start from: what a person could still follow of calls of this class.
_QUOTAS = {
    Category.READ: _Quota(60, "minute"),
    Category.WRITE: _Quota(30, "hour"),
    Category.EXECUTE: _Quota(10, "minute"),
    Category.DESTRUCTIVE: _Quota(3, "day"),
    Category.FINANCIAL: _Quota(5, "day"),
}
_AMOUNTS = frozenset({"amount", "notional", "total", "quantity", "qty"})


def ways(tool: Tool) -> tuple[Way, ...]:
    """Every way that makes sense for this tool, aim by aim, the simplest first."""
    arguments = arguments_of(tool.input_schema)
    return (*_limits(tool, arguments), *_blocks(tool), *_conditions(tool, arguments))


def _limits(tool: Tool, arguments: tuple[Argument, ...]) -> Iterator[Way]:
    quota = _QUOTAS[tool.category or Category.FINANCIAL]
    calls: JSONValue = {"counter": f"{tool.name}_rate", "max": quota.maximum, "window": quota.window}
    words = f"At most {quota} of one agent; with `scope` it can be of one session."
    yield Way(Aim.LIMIT, words, _only(tool, {"limits": [calls]}))
    short: JSONValue = {"max": quota.maximum, "window": quota.window}
    yield Way(Aim.LIMIT, "The short form, which counts each session by itself.", _only(tool, {"rate_limit": short}))
    if (summed := next((argument for argument in arguments if _is_amount(argument)), None)) is not None:
        path = ".".join(("args", *summed.path))
        total: JSONValue = {"counter": f"{tool.name}_sum", "max": 500, "window": "day", "amount_from": path}
        words = f"A sum instead of a number of calls: 500 of `{path}` a day. Put your own number there."
        if "`" not in path:
            yield Way(Aim.LIMIT, words, _only(tool, {"limits": [total]}))


def _blocks(tool: Tool) -> Iterator[Way]:
    # Under `hide` that name would mean all tools.
    if tool.name != EVERY_TOOL:
        words = "`hide` takes it out of the list that the agent sees, and denies calls all the same."
        yield Way(Aim.BLOCK, words, {"version": "1", "default": "deny", "hide": [tool.name], "tools": {}})
    denied: JSONValue = {"action": Action.DENY.value, "reason": "This tool is not open to agents."}
    yield Way(Aim.BLOCK, "`action: deny` leaves it in sight, and tells the agent why.", _only(tool, denied))


def _conditions(tool: Tool, arguments: tuple[Argument, ...]) -> Iterator[Way]:
    asked: JSONValue = {"action": Action.REQUIRE_APPROVAL.value, "reason": HUMAN_APPROVAL}
    yield Way(Aim.CONDITION, "Each call waits for a person.", _only(tool, asked))
    yield from _bound(tool, arguments)
    for recipient in names_of(described(tool), frozenset({ArgumentKind.RECIPIENT})):
        known: JSONValue = {"path": f"args.{recipient}", "op": Op.IN.value, "value": ["one that you know"]}
        words = "Only for recipients that you name; a list of a few is kept by people."
        yield Way(Aim.CONDITION, words, _only(tool, {"require": [predicate(known)]}))
        break
    if (amount := next((argument for argument in arguments if _is_amount(argument)), None)) is not None:
        small = predicate(condition(amount, Op.GT, 0), condition(amount, Op.LTE, 100))
        words = "Only small amounts; 100 stands for your own number."
        yield Way(Aim.CONDITION, words, _only(tool, {"require": [small]}))


def _bound(tool: Tool, arguments: tuple[Argument, ...]) -> Iterator[Way]:
    """The main argument held to what a person names, and all of them to what the schema says."""
    skeleton, bounds = skeleton_of(arguments), bounds_of(arguments)
    # Of a text that is of no kind in particular there is no example that would teach anything.
    gap = None if skeleton is None or skeleton.gap is None or skeleton.gap.kind == "value" else skeleton.gap
    named = () if gap is None else (predicate(gap.example),)
    parts = {
        "require": [*named, *(each for each in bounds.require if each not in named)],
        "deny_if": list(bounds.deny_if),
    }
    rules: dict[str, JSONValue] = {key: part for key, part in parts.items() if part}
    words = (
        "Only within the bounds that the schema states; a server need not check them itself."
        if gap is None
        else f"Only with a {gap.kind} that you name; the one here stands for your own."
    )
    if rules:
        yield Way(Aim.CONDITION, words, _only(tool, rules))


def _is_amount(argument: Argument) -> bool:
    """Whether it can be compared and summed: an amount that is written as a text cannot."""
    is_number = bool(argument.types) and argument.types <= {"number", "integer"}
    return is_number and not _AMOUNTS.isdisjoint(words_of(argument.name))


def _only(tool: Tool, rules: JSONValue) -> Mapping[str, JSONValue]:
    return {"version": "1", "default": "deny", "tools": {tool.name: rules}}
