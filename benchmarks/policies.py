"""The policies of a benchmark: any number of tools, three conditions each, with limits or without."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from random import Random
from typing import Any

from families import FAMILIES, Asked, Family

#: Grants that share the calls: at one call a second each makes 90 an hour.
GRANTS = 40
CALLS_AN_HOUR = 3_600 / GRANTS

Group = tuple[tuple[Asked, Any], ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with the operands that it drew; a group is a predicate, its conditions with their operands."""

    name: str
    require: tuple[Group, ...]
    deny_if: tuple[Group, ...]


def draw_tools(count: int, rng: Random) -> tuple[Tool, ...]:
    """Tools of all families in turn."""
    return tuple(_draw(FAMILIES[number % len(FAMILIES)], number, rng) for number in range(count))


def _draw(family: Family, number: int, rng: Random) -> Tool:
    def drawn(groups: tuple[tuple[Asked, ...], ...]) -> tuple[Group, ...]:
        return tuple(tuple((asked, rng.choice(asked.operands)) for asked in group) for group in groups)

    return Tool(f"{family.name}_{number:04}", drawn(family.require), drawn(family.deny_if))


def policy_of(tools: tuple[Tool, ...], *, limits: bool) -> dict[str, Any]:
    """The document; what `tools` does not list is denied."""
    document: dict[str, Any] = {"version": "1", "default": "deny"}
    if limits:
        document["all_tools"] = {"limits": [_limit("every_call", _room(CALLS_AN_HOUR), "hour", "grant")]}
    document["tools"] = {
        tool.name: _rules(tool, _limits(number, len(tools)) if limits else []) for number, tool in enumerate(tools)
    }
    return document


def _rules(tool: Tool, limits: list[dict[str, Any]]) -> dict[str, Any]:
    rules: dict[str, Any] = {
        "require": [_predicate(group, f"{tool.name} needs {group[0][0].path}") for group in tool.require],
        "deny_if": [_predicate(group, f"{tool.name} refuses {group[0][0].path}") for group in tool.deny_if],
    }
    return {**rules, "limits": limits} if limits else rules


def _predicate(group: Group, message: str) -> dict[str, Any]:
    conditions = [{"path": f"args.{asked.path}", "op": asked.op, "value": operand} for asked, operand in group]
    return {"conditions": conditions, "on_deny": message}


def _limits(number: int, tools: int) -> list[dict[str, Any]]:
    """One tool in four has no limit of its own, one has two, so that a tool has one on average."""
    retries = _limit("retries", 2, "minute", "session")
    hourly = _limit("hourly", _room(CALLS_AN_HOUR / tools), "hour", "grant")
    match number % 4:
        case 0:
            return [retries]
        case 1:
            return [hourly]
        case 2:
            return [retries, hourly]
        case _:
            return []


def _limit(counter: str, maximum: int, window: str, scope: str) -> dict[str, Any]:
    return {"counter": counter, "max": maximum, "window": window, "scope": scope}


def _room(expected: float) -> int:
    """A maximum that a window with this many calls on average exceeds now and then."""
    return max(1, ceil(expected + 1.5 * sqrt(expected)))
