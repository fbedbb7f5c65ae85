"""Pairs of limits, drawn at random: no sequence of a sample contradicts a proof, and counts of calls are always decided."""

from __future__ import annotations

import os
from collections import Counter
from random import Random
from typing import Any

import pytest

from policyctl.diff.compare import compare
from policyctl.diff.result import CallWitness, SequenceWitness, Side, Unproven
from tests.engine.build import condition, policy_of, predicate

#: POLICYCTL_TEST_LIMITS=20000 makes the long run.
PAIRS = int(os.environ.get("POLICYCTL_TEST_LIMITS", "400"))
SEQUENCES = 60
WINDOWS = (1, 2, 3, 4, 6, 60)
#: What a rule asks of an amount, and some amounts that meet it.
RULES: tuple[tuple[tuple[tuple[str, Any], ...], tuple[float, ...]], ...] = (
    ((("gte", 0), ("lte", 2)), (0, 0.25, 1, 1.5, 2)),
    ((("gte", 1), ("lte", 3)), (1, 1.5, 2, 3)),
    ((("gt", 0), ("lt", 3)), (0.01, 0.5, 1, 2.99)),
    ((("in", [0, 2]),), (0, 2)),
    ((("in", [2, 3]),), (2, 3)),
    ((("eq", 2),), (2,)),
)

Written = dict[str, Any]
Amounts = dict[str, tuple[float, ...]]


def pair(random: Random, *, amounts: bool) -> tuple[list[Written], list[Written]]:
    """Two of them; in every other the old one has some more, which may be implied."""
    new = drawn(random, amounts=amounts)
    more = drawn(random, amounts=amounts)
    return ([*new, *more[:1]], new) if random.random() < 0.5 else (more, new)


def drawn(random: Random, *, amounts: bool) -> list[Written]:
    """A few limits, as a policy writes them; none refuses a call that no other came before."""
    found = []
    for number in range(random.randrange(1, 4)):
        limit = {"counter": f"c{number}", "max": random.randrange(1, 13), "window": random.choice(WINDOWS)}
        if amounts and random.random() < 0.6:
            limit |= {"amount_from": random.choice(("args.a", "args.b")), "max": random.randrange(3, 13)}
        if random.random() < 0.15:
            limit["scope"] = "session"
        found.append(limit)
    return found


def sides_of(old: list[Written], new: list[Written], rules: list[tuple[str, str, Any]]) -> tuple[Side, Side]:
    require = [predicate(condition(*rule)) for rule in rules]
    before, after = (policy_of({"tools": {"t": {"require": require, "limits": limits}}}) for limits in (old, new))
    change = next(iter(compare(before, after).changes), None)
    return (None, None) if change is None else (change.wider, change.narrower)


def is_contradicted(random: Random, admits: list[Written], refuses: list[Written], amounts: Amounts) -> bool:
    """Whether some sequence of calls within two minutes has room in all the limits of the one and not of the other."""
    return any(_is_refused(random, admits, refuses, amounts) for _ in range(SEQUENCES))


def _is_refused(random: Random, admits: list[Written], refuses: list[Written], amounts: Amounts) -> bool:
    policies = (_Counted(admits), _Counted(refuses))
    density, own = random.randrange(1, 8), random.choice((None, "grant", "session"))
    # Denser at the start, where windows of all lengths begin.
    for number, second in enumerate(sorted(random.choices(range(120), k=density * 8) + [0] * density)):
        call = {path: random.choice(pool) for path, pool in amounts.items()}
        subjects = {scope: number if scope == own else None for scope in ("grant", "session")}
        admitted, refused = (policy.takes(call, subjects, second) for policy in policies)
        if not admitted:
            return False
        if not refused:
            return True
    return False


class _Counted:
    """Limits, and what is used up of each by window and subject."""

    def __init__(self, limits: list[Written]) -> None:
        self.limits = limits
        self.used: Counter[tuple[int, int | None, int]] = Counter()

    def takes(self, call: dict[str, float], subjects: dict[str, int | None], second: int) -> bool:
        """Whether the call has room in all of them; then it takes it."""
        taken: dict[tuple[int, int | None, int], Any] = {}
        for index, limit in enumerate(self.limits):
            key = (index, subjects[limit.get("scope", "grant")], second // limit["window"])
            taken[key] = call[limit["amount_from"]] if "amount_from" in limit else 1
            if self.used[key] + taken[key] > limit["max"]:
                return False
        self.used.update(taken)
        return True


@pytest.mark.parametrize("part", range(4))
def test_counts_of_calls_are_decided_and_never_wrong(part: int) -> None:
    for seed in range(part * PAIRS // 4, (part + 1) * PAIRS // 4):
        random = Random(seed)
        old, new = pair(random, amounts=False)
        for side, admits, refuses in zip(sides_of(old, new, []), (new, old), (old, new), strict=True):
            assert not isinstance(side, Unproven | CallWitness), seed
            assert side is not None or not is_contradicted(random, admits, refuses, {}), seed


@pytest.mark.parametrize("part", range(4))
def test_amounts_are_never_wrong_and_seldom_left_open(part: int) -> None:
    kinds: Counter[type] = Counter()
    for seed in range(part * PAIRS // 4, (part + 1) * PAIRS // 4):
        random = Random(f"amounts {seed}")
        old, new = pair(random, amounts=True)
        chosen = {name: random.choice(RULES) for name in "ab"}
        rules = [(f"args.{name}", op, value) for name, (asked, _) in chosen.items() for op, value in asked]
        amounts = {f"args.{name}": pool for name, (_, pool) in chosen.items()}
        for side, admits, refuses in zip(sides_of(old, new, rules), (new, old), (old, new), strict=True):
            kinds[type(side)] += 1
            assert not isinstance(side, CallWitness), seed
            assert side is not None or not is_contradicted(random, admits, refuses, amounts), seed
    assert kinds[SequenceWitness] > PAIRS // 10
    assert kinds[Unproven] <= PAIRS // 40
