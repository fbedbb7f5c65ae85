"""Random rules over a small world, and the slow way to look for a call: try many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product
from random import Random
from typing import Any

from policyctl.cells.values import KINDS, identity, kind_of, number_rank, rank, text_rank
from policyctl.model.policy import Condition, Op, ToolRules
from policyctl.pattern import compile_pattern

from ..engine.build import one_tool

PATHS = ("a", "b", "a.b", "a.b.c", "a.d")
NUMBERS = (0, 1, -1, 2, 1.0, 0.5, 1.5, 2**53, 2**53 + 1, 1e30, 10**30, -0.0)
TEXTS = ("", "a", "ab", "b", "abc", "1", "é", "A")
LISTS: tuple[Any, ...] = ([], [1], ["a"], [None], [1, "a"], [True], [[1]], [{}])
OBJECTS: tuple[Any, ...] = (
    {}, {"b": 1}, {"b": None}, {"b": {"c": 1}}, {"b": {}}, {"d": "a"}, {"b": 1, "d": 1}, {"b": {"c": None}}, {"c": 1}, {"c": "ab"},
)  # fmt: skip
SCALARS: tuple[Any, ...] = (None, True, False, *NUMBERS, *TEXTS)
ELEMENTS: tuple[Any, ...] = (None, True, 1, 2, "a", "b", [], {}, "ab")
PATTERNS = ("a", "^a$", "(?i)A", r"\d+", r"\bb", "^$", ".", "[^a]", "^[ab]{1,2}$", "b$")
_EXTRA: tuple[Any, ...] = (
    3, -3, 0.25, 1.25, 10**40, float("inf"), float("-inf"), "zz", "aa", "ba", "bb", "c", "0", "a b",
    [False], [1, 2], ["a", "b"], [1, 1], ["ab", None], {"x": True}, {"b": 1, "x": 1}, {"b": {"c": 1, "x": 1}}, {"c": 1, "x": 2},
)  # fmt: skip
_COMPARED = (Op.LT, Op.LTE, Op.GT, Op.GTE)


def condition(random: Random, paths: tuple[str, ...]) -> dict[str, Any]:
    op = random.choice(tuple(Op))
    value: Any
    match op:
        case Op.IN | Op.NOT_IN:
            value = [_constant(random) for _ in range(random.randrange(4))]
        case Op.LT | Op.LTE | Op.GT | Op.GTE:
            value = random.choice(NUMBERS)
        case Op.REGEX:
            value = random.choice(PATTERNS)
        case Op.EXISTS:
            value = random.random() < 0.6
        case Op.CONTAINS:
            value = random.choice(ELEMENTS)
        case _:
            value = _constant(random)
    return {"path": f"args.{random.choice(paths)}", "op": str(op), "value": value}


def _constant(random: Random) -> Any:
    return random.choice((SCALARS, SCALARS, LISTS, OBJECTS)[random.randrange(4)])


def rules(random: Random) -> dict[str, Any]:
    """Rules of one tool as a policy writes them."""
    paths = tuple(random.sample(PATHS, random.randrange(1, 4)))
    found: dict[str, Any] = {}
    for key in ("require", "deny_if"):
        if random.random() < 0.7:
            found[key] = [_predicate(random, paths) for _ in range(random.randrange(1, 3))]
    return found


def _predicate(random: Random, paths: tuple[str, ...]) -> dict[str, Any]:
    count = random.choices((0, 1, 2, 3), (1, 20, 10, 4))[0]
    return {"conditions": [condition(random, paths) for _ in range(count)]}


def mutated(random: Random, before: dict[str, Any]) -> dict[str, Any]:
    """Rules that differ in little, so that the answer hangs on it."""
    after = {key: [{"conditions": list(p["conditions"])} for p in before[key]] for key in before}
    for predicates in after.values():
        for predicate in predicates:
            if predicate["conditions"] and random.random() < 0.5:
                predicate["conditions"][random.randrange(len(predicate["conditions"]))] = condition(random, PATHS)
    return after


def conditions_of(*all_rules: ToolRules) -> list[Condition]:
    return [
        condition
        for rules in all_rules
        for predicate in (*rules.require, *rules.deny_if)
        for condition in predicate.conditions
    ]


def calls(random: Random, conditions: list[Condition], most: int) -> Iterator[dict[str, Any]]:
    """All calls over values that matter to the conditions if there are few enough, else some of them."""
    paths = sorted({condition.path for condition in conditions})
    pools = [_pool(path, conditions) for path in paths]
    total = 1
    for pool in pools:
        total *= len(pool)
    if total <= most:
        chosen: Iterator[tuple[Any, ...]] = product(*pools)
    else:
        chosen = iter([tuple(random.choice(pool) for pool in pools) for _ in range(most)])
    for values in chosen:
        yield _call(dict(zip(paths, values, strict=True)))


def _pool(path: tuple[str, ...], conditions: list[Condition]) -> list[Any]:
    """Named values and those beside them, each kind, and what is not named."""
    named: list[Any] = [None]
    for condition in conditions:
        if condition.path == path:
            operands = condition.value if condition.op in {Op.IN, Op.NOT_IN} else [condition.value]
            assert isinstance(operands, list)
            for operand in operands:
                named += [operand, [operand]]
                if isinstance(operand, int | float) and not isinstance(operand, bool):
                    named += [operand + 1, operand - 1, operand / 2]
                if isinstance(operand, str) and condition.op is Op.CONTAINS:
                    named += [operand + operand, f"x{operand}y"]
    pool = {identity(value): value for value in (*named, *SCALARS, *LISTS, *OBJECTS, *_EXTRA)}
    return list(pool.values())


def _call(values: dict[tuple[str, ...], Any]) -> dict[str, Any]:
    """Deeper values are put into what is around them, if that is an object."""
    args: dict[str, Any] = {}
    for path in sorted(values):
        inner = args
        for key in path[:-1]:
            below = inner.get(key)
            if below is None:
                below = {}
            if not isinstance(below, dict):
                break
            below = dict(below)
            inner[key] = below
            inner = below
        else:
            if values[path] is not None or path[-1] not in inner:
                inner[path[-1]] = values[path]
    return args


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
    named, kinds, parts, patterns = _named(path, conditions), set[str](), [], []
    for condition in here:
        match condition.op:
            case Op.REGEX:
                kinds.add("text")
                patterns.append(condition.value)
            case Op.CONTAINS:
                kinds.add("text" if isinstance(condition.value, str) else "list")
                parts.append(condition.value)
            case Op.LT | Op.LTE | Op.GT | Op.GTE:
                kinds.add("number")
            case Op.EXISTS:
                pass
            case Op.IN | Op.NOT_IN:
                assert isinstance(condition.value, list)
                kinds |= set(map(kind_of, condition.value))
            case _:
                kinds.add(kind_of(condition.value))
    if any(other.path[: len(path)] == path and len(other.path) > len(path) for other in conditions):
        kinds.add("object")
    kind_order = sorted(KINDS, key=lambda kind: (kind not in kinds, KINDS.index(kind)))
    parts.sort(key=rank)
    patterns.sort(key=str)

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
                return (1, *dict(enumerate((*has, *found))).values(), *text_rank(value))
            case "list" if not is_named:
                elements = set(map(identity, value))
                return (1, *(identity(part) in elements for part in _distinct(parts)), *rank(value))
            case "object" if not is_named:
                return (1,)
            case "boolean":
                return (value,)
            case _:
                return (0, *rank(value))

    parts = list(_distinct(parts))
    patterns = sorted(set(patterns))
    return key


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


def pairs(seed: int, count: int) -> Iterator[tuple[ToolRules, ToolRules, Random]]:
    """Pairs of rules; the same for the same seed."""
    for number in islice(range(10**9), count):
        random = Random(f"{seed}/{number}")
        old = rules(random)
        new = mutated(random, old) if random.random() < 0.6 else rules(random)
        yield _read(old), _read(new), random


def _read(written: dict[str, Any]) -> ToolRules:
    return one_tool(**written).tools["t"]
