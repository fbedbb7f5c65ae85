"""Whether an undetermined verdict is honest: every way to complete the missing facts is tried (language §6).

The domains are small and dense: for each path, constants of one policy part all values into a few cells, and the
values tried have one of each cell, absence among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

import pytest

from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.engine.operators import holds
from policyctl.engine.record import Record
from policyctl.engine.truth import Truth
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.model.policy import Policy

from .build import decide_alone, policy_of

_ABSENT = object()

#: Conditions whose cells over all values have a representative in `_VALUES`.
_CONDITIONS: tuple[tuple[str, Any], ...] = (
    ("eq", 1), ("eq", "ab"), ("eq", None), ("eq", []), ("eq", {"k": 1}), ("eq", [1, "x"]), ("eq", {"k": None}), ("eq", True),
    ("neq", 1), ("neq", None), ("neq", {"k": 1}), ("in", [1, "ab", None]), ("in", [None]), ("in", []), ("in", [[1], {}]),
    ("not_in", [1, {"k": 1}]), ("not_in", []), ("not_in", [None]), ("lt", 1), ("lte", 1.0), ("gt", 1), ("gte", 2),
    ("regex", "^a"), ("regex", ""), ("contains", 1), ("contains", "b"), ("contains", None), ("contains", "x"),
    ("contains", {"k": 1}), ("exists", True), ("exists", False),
)  # fmt: skip
_VALUES: tuple[Any, ...] = (
    _ABSENT, None, True, False, 0, 1, 1.5, 3, "", "ab", "b", "c", "x",
    [], [1], [None], ["x"], ["b"], [1, "x"], [2, "x"], [{"k": 1}], [1, 2, 3], ["b", "x", 1],
    {}, {"k": 1}, {"k": 2}, {"k": None}, {"j": 1}, {"k": 1, "j": 1},
)  # fmt: skip


def _random_policy(random: Random, paths: list[str]) -> dict[str, Any]:
    """Up to three predicates over the paths in their order, so that no path is asked more often than it is listed."""
    left = list(paths)
    rules: dict[str, Any] = {"require": [], "deny_if": []}
    while left:
        size = random.randint(1, len(left))
        conditions = [
            {"path": f"args.{path}", "op": op, "value": value}
            for path, (op, value) in ((path, random.choice(_CONDITIONS)) for path in left[:size])
        ]
        rules[random.choice(("require", "deny_if"))].append({"conditions": conditions})
        left = left[size:]
    if random.random() < 0.3:
        rules["action"] = random.choice(("require_approval", "allow"))
    if random.random() < 0.2:
        rules["limits"] = [{"counter": "c", "max": 1, "window": "day", "amount_from": "args.amount"}]
    return {"tools": {"t": rules}}


def _verdicts(policy: Policy, completions: Iterator[dict[str, Any]]) -> set[Verdict]:
    found = set()
    for args in completions:
        call = Call(tool="t", args=args, ts="2026-03-01T12:00:00Z", grant="g")
        found.add(decide(policy, call, Ledger(policy)).verdict)
        if len(found) == 2:
            break
    return found


def _representatives(policy: Policy, key: str) -> list[Any]:
    """One value of each cell: those that no condition on the key, or below it, tells apart count as one."""
    if key == "amount":
        return [_ABSENT, -1, 0, 1, 2, "1"]
    rules = policy.tools["t"]
    conditions = [
        condition
        for predicate in (*rules.require, *rules.deny_if)
        for condition in predicate.conditions
        if condition.path[0] == key
    ]
    cells: dict[tuple[Truth, ...], Any] = {}
    for value in _VALUES:
        record = Record.of(Call(tool="t", args=_with({}, **{key: value})))
        cells.setdefault(tuple(holds(condition, record.find(condition.path)) for condition in conditions), value)
    return list(cells.values())


def _with(args: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {key: value for key, value in {**args, **values}.items() if value is not _ABSENT}


def _incomplete(random: Random, policy: Policy, keys: list[str]) -> tuple[Call, Iterator[dict[str, Any]]]:
    """A call that leaves something out, and everything that it may have been."""
    known = {key: value for key in keys if (value := random.choice(_VALUES)) is not _ABSENT}
    fields: dict[str, Any]
    match random.choice(("hashed", "absent", "unparseable", "keys_only", "redacted", "redacted")):
        case "keys_only":
            hidden = random.sample(keys, random.randint(0, len(keys)))
            fields = {"args_state": "keys_only", "keys": [*hidden, "other"]}
            known = {}
        case "redacted":
            hidden = random.sample(keys, random.randint(1, len(keys)))
            fields = {
                "args": _with(known, **dict.fromkeys(hidden[:1], "***")),
                "redacted": [f"/{key}" for key in hidden],
            }
        case state:
            hidden = keys
            fields = {"args": {"a": 1} if state == "hashed" else None, "args_state": state}
            known = {}
    call = Call(tool="t", ts="2026-03-01T12:00:00Z", grant="g", **fields)
    domains = product(*(_representatives(policy, key) for key in hidden))
    return call, (_with(known, **dict(zip(hidden, values, strict=True))) for values in domains)


@pytest.mark.parametrize("chunk", range(4))
def test_a_call_is_undetermined_exactly_if_two_completions_differ_where_no_path_is_asked_twice(chunk: int) -> None:
    random = Random(f"exactly {chunk}")
    seen = set()
    for _ in range(500):
        paths = random.sample(["a", "b", "c"], random.choice((1, 2, 2, 3)))
        policy = policy_of(_random_policy(random, paths))
        for _ in range(4):
            call, completions = _incomplete(random, policy, [*paths, "amount"] if policy.tools["t"].limits else paths)
            verdict = decide_alone(policy, call).verdict
            verdicts = _verdicts(policy, completions)
            seen.add(verdict)
            assert verdicts == {verdict} or (verdict is Verdict.UNDETERMINED and len(verdicts) == 2), (policy, call)
    assert seen == set(Verdict)


@pytest.mark.parametrize("chunk", range(2))
def test_no_completion_contradicts_a_verdict_whatever_a_policy_asks(chunk: int) -> None:
    random = Random(f"soundly {chunk}")
    seen = set()
    for _ in range(600):
        paths = random.choices(["a", "b", "a.k", "a.k", "b.j"], k=random.choice((2, 3, 4)))
        policy = policy_of(_random_policy(random, paths))
        for _ in range(4):
            keys = ["a", "b", "amount"] if policy.tools["t"].limits else ["a", "b"]
            call, completions = _incomplete(random, policy, keys)
            verdict = decide_alone(policy, call).verdict
            seen.add(verdict)
            if verdict is not Verdict.UNDETERMINED:
                assert _verdicts(policy, completions) == {verdict}, (policy, call)
    assert seen == set(Verdict)


def _deepen(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*values, *({key: value} for key in "kj" for value in values))


_DEEP = _deepen(_VALUES)
_DEEPER = _deepen(_DEEP)
_SOME: tuple[Any, ...] = (_ABSENT, 1)
_PAIRS = [*product(_DEEP, _SOME), *product(_SOME, _DEEP)]
_LISTS = [*product(_VALUES, (*_SOME, 2, "x", "b")), *product(_SOME, _VALUES)]

#: What a record shows of `a`, its redactions, and everything that `a` may have been.
_REDACTED: tuple[tuple[Any, list[str], list[Any]], ...] = (
    ({"k": 2}, ["/a/k"], [{"k": value} for value in _DEEP]),
    ({"j": 1}, ["/a/k"], [{"j": 1, "k": value} for value in _DEEP]),
    ({"k": 1, "j": 1}, ["/a/k", "/a/j"], [{"k": k, "j": j} for k, j in _PAIRS]),
    ({"k": {"k": 1}}, ["/a/k/k"], [{"k": {"k": value}} for value in _VALUES]),
    (_ABSENT, ["/a/k"], [_ABSENT, *({"k": value} for value in _DEEP)]),
    (_ABSENT, ["/a/k", "/a/j"], [_ABSENT, *({"k": k, "j": j} for k, j in _PAIRS)]),
    (_ABSENT, ["/a/k/k"], [_ABSENT, {}, *({"k": {"k": value}} for value in _VALUES)]),
    (_ABSENT, ["/a/0"], [*_DEEPER]),
    ([1, 2], ["/a/0"], [[value, 2] for value in _VALUES if value is not _ABSENT]),
    ([1, "x"], ["/a/0"], [[value, "x"] for value in _VALUES if value is not _ABSENT]),
    ([1, 2], ["/a/1"], [[1, value] for value in _VALUES]),
    ([1, 2], ["/a/0", "/a/1"], [[one, two] for one, two in _LISTS]),
    ([{"k": 2}], ["/a/0/k"], [[{"k": value}] for value in _VALUES]),
    ([1], ["/a/7"], [*_DEEPER]),
    (1, ["/a/k"], [1]),
    (None, ["/a/k"], [None]),
    ("***", ["/a", "/a/k"], [*_DEEPER]),
    ("***", ["/a/k", "/a"], [*_DEEPER]),
)


@pytest.mark.parametrize(
    ("recorded", "redacted", "wholes"), _REDACTED, ids=[f"{number}" for number in range(len(_REDACTED))]
)
def test_deep_redactions_are_unknown_exactly_where_completions_differ(
    recorded: Any, redacted: list[str], wholes: list[Any]
) -> None:
    call = Call(tool="t", args=_with({}, a=recorded), redacted=redacted)
    for path, (op, value) in product(("a", "a.k", "a.j", "a.k.k"), _CONDITIONS):
        policy = policy_of(
            {"tools": {"t": {"require": [{"conditions": [{"path": f"args.{path}", "op": op, "value": value}]}]}}}
        )
        verdict = decide_alone(policy, call).verdict
        verdicts = _verdicts(policy, (_with({}, a=_pruned(whole)) for whole in wholes))
        assert verdicts == {verdict} or (verdict is Verdict.UNDETERMINED and len(verdicts) == 2), (path, op, value)


def _pruned(whole: Any) -> Any:
    """The value without the places that a completion leaves empty; a list that has one in the middle holds null there."""
    match whole:
        case dict():
            return {key: _pruned(value) for key, value in whole.items() if value is not _ABSENT}
        case list():
            kept = list(whole)
            while kept and kept[-1] is _ABSENT:
                kept.pop()
            return [None if value is _ABSENT else _pruned(value) for value in kept]
        case _:
            return whole
