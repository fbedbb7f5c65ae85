"""Random rules over a small world, and the slow way to look for a call: try many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from random import Random
from typing import Any

from policyctl.cells.values import identity
from policyctl.model.policy import Condition, Op, ToolRules
from tests.engine.build import one_tool

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


def pairs(seed: int, count: int) -> Iterator[tuple[ToolRules, ToolRules, Random]]:
    """Pairs of rules; the same for the same seed."""
    for number in islice(range(10**9), count):
        random = Random(f"{seed}/{number}")
        old = rules(random)
        new = mutated(random, old) if random.random() < 0.6 else rules(random)
        yield _read(old), _read(new), random


def _read(written: dict[str, Any]) -> ToolRules:
    return one_tool(**written).tools["t"]
