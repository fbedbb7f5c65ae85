"""The stated order of calls (policyctl/cells/smallest.py), told a second time and plainly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policyctl.cells.values import KINDS, identity, kind_of, number_rank, rank, text_rank
from policyctl.model.policy import Condition, Op
from policyctl.pattern import compile_pattern

Key = tuple[Any, ...]


def order(conditions: list[Condition]) -> Callable[[dict[str, Any]], Key]:
    """The stated order of calls, told plainly: a key for each call."""
    paths = sorted({condition.path for condition in conditions})
    places = [(path, _place_order(path, conditions)) for path in paths]

    def key(args: dict[str, Any]) -> Key:
        values = [(_below(args, path), place) for path, place in places]
        return (sum(value is not None for value, _ in values), *(place(value) for value, place in values))

    return key


def _below(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _place_order(path: tuple[str, ...], conditions: list[Condition]) -> Callable[[Any], Key]:
    here = [condition for condition in conditions if condition.path == path]
    named, kinds = _named(path, conditions), set().union(*map(_kinds, here))
    if any(other.path[: len(path)] == path and len(other.path) > len(path) for other in conditions):
        kinds.add("object")
    kind_order = sorted(KINDS, key=lambda kind: (kind not in kinds, KINDS.index(kind)))
    parts = sorted(_distinct([one.value for one in here if one.op is Op.CONTAINS]), key=rank)
    patterns = sorted({str(one.value) for one in here if one.op is Op.REGEX})

    def key(value: Any) -> Key:
        if value is None:
            return (0,)
        kind = kind_of(value)
        return (1 + kind_order.index(kind), *_within(kind, value))

    def _within(kind: str, value: Any) -> Key:
        is_named = identity(value) in named
        match kind:
            case "number":
                return number_rank(value)
            case "text" if not is_named:
                has = (part in value for part in parts if isinstance(part, str))
                found = (compile_pattern(pattern).search(value) for pattern in patterns)
                return (1, *has, *found, *text_rank(value))
            case "list" if not is_named:
                elements = set(map(identity, value))
                return (1, *(identity(part) in elements for part in parts), *rank(value))
            case "object" if not is_named:
                return (1,)
            case "boolean":
                return (value,)
            case _:
                return (0, *rank(value))

    return key


def _kinds(condition: Condition) -> set[str]:
    match condition.op:
        case Op.REGEX:
            return {"text"}
        case Op.CONTAINS:
            return {"text" if isinstance(condition.value, str) else "list"}
        case Op.LT | Op.LTE | Op.GT | Op.GTE:
            return {"number"}
        case Op.EXISTS:
            return set()
        case Op.IN | Op.NOT_IN:
            assert isinstance(condition.value, list)
            return set(map(kind_of, condition.value))
        case _:
            return {kind_of(condition.value)}


def _distinct(values: list[Any]) -> list[Any]:
    return list({identity(value): value for value in values}.values())


def _named(path: tuple[str, ...], conditions: list[Condition]) -> set[Any]:
    """What has a name at a path: its own constants, and what those around it have there."""
    named: set[Any] = set()
    for condition in conditions:
        length = len(condition.path)
        if condition.op in {Op.EQ, Op.NEQ, Op.IN, Op.NOT_IN} and path[:length] == condition.path:
            operands = condition.value if condition.op in {Op.IN, Op.NOT_IN} else [condition.value]
            assert isinstance(operands, list)
            for operand in operands:
                if length == len(path) or isinstance(operand, dict):
                    named.add(identity(_below(operand, path[length:])))
    return named - {None}
