"""Each operator on each kind of argument, and where a path leads (language §2), for both evaluators."""

from __future__ import annotations

import math
from typing import Any

import pytest

from policyctl.engine.operators import holds
from policyctl.engine.record import ABSENT, Seen
from policyctl.engine.truth import Truth
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.model.policy import Condition, Op

from .build import condition, decide_alone, one_tool, predicate, table

_OPERATORS = table("operators")
_ABSENT = "absent"
_ARGUMENTS: dict[str, Any] = {_ABSENT: None, **_OPERATORS["arguments"]}


def _rows() -> list[Any]:
    return [pytest.param(row, id=f"{row['op']} {row['value']!r}"[:60]) for row in _OPERATORS["rows"]]


def _expected(row: dict[str, Any]) -> set[str]:
    return set(row["holds"]) if "holds" in row else _ARGUMENTS.keys() - set(row["all-but"])


def _args(name: str) -> dict[str, Any]:
    return {} if name == _ABSENT else {"x": _ARGUMENTS[name]}


def _verdict(part: str, row: dict[str, Any], args: dict[str, Any]) -> Verdict:
    policy = one_tool(**{part: [predicate(condition("args.x", row["op"], row["value"]))]})
    return decide_alone(policy, Call(tool="t", args=args)).verdict


@pytest.mark.parametrize("row", _rows())
def test_a_condition_holds_for_exactly_these_arguments(row: dict[str, Any]) -> None:
    required = {name for name in _ARGUMENTS if _verdict("require", row, _args(name)) is Verdict.ALLOW}
    forbidden = {name for name in _ARGUMENTS if _verdict("deny_if", row, _args(name)) is Verdict.DENY}
    assert required == _expected(row)
    assert forbidden == _expected(row)


@pytest.mark.parametrize("row", _rows())
def test_a_condition_deeper_in_the_arguments_holds_for_the_same_ones(row: dict[str, Any]) -> None:
    policy = one_tool(require=[predicate(condition("args.deep.x", row["op"], row["value"]))])
    found = {
        name
        for name in _ARGUMENTS
        if decide_alone(policy, Call(tool="t", args={"deep": _args(name)})).verdict is Verdict.ALLOW
    }
    assert found == _expected(row)


def test_the_rows_use_every_operator() -> None:
    assert {row["op"] for row in _OPERATORS["rows"]} == {str(op) for op in Op}


@pytest.mark.parametrize("row", table("paths")["rows"], ids=lambda row: f"{row['path']!r}-{row['args']!r}")
def test_a_path_leads_there(row: dict[str, Any]) -> None:
    call = Call(tool="t", args=row["args"])
    present = one_tool(require=[predicate(condition(row["path"], "exists", True))])
    assert (decide_alone(present, call).verdict is Verdict.ALLOW) == ("finds" in row)
    if "finds" in row:
        same = one_tool(require=[predicate(condition(row["path"], "eq", row["finds"]))])
        assert decide_alone(same, call).verdict is Verdict.ALLOW


@pytest.mark.parametrize(
    ("op", "value", "infinite", "verdict"),
    [
        ("gt", 10**300, math.inf, Verdict.ALLOW),
        ("gt", 1.7976931348623157e308, math.inf, Verdict.ALLOW),
        ("lt", 0, math.inf, Verdict.DENY),
        ("lt", -(10**400), -math.inf, Verdict.ALLOW),
        ("gte", -1e308, -math.inf, Verdict.DENY),
        ("neq", 1, math.inf, Verdict.ALLOW),
        ("not_in", [1e308], -math.inf, Verdict.ALLOW),
        ("in", [1e308, "Infinity"], math.inf, Verdict.DENY),
        ("regex", "", math.inf, Verdict.DENY),
        ("contains", "inf", math.inf, Verdict.DENY),
        ("exists", True, math.inf, Verdict.ALLOW),
    ],
)
def test_a_number_out_of_range_in_a_trace_is_an_infinity(
    op: str, value: Any, infinite: float, verdict: Verdict
) -> None:
    policy = one_tool(require=[predicate(condition("args.x", op, value))])
    assert decide_alone(policy, Call(tool="t", args={"x": infinite})).verdict is verdict


def test_an_integer_of_4300_digits_is_compared_exactly() -> None:
    most = 10**4_300 - 1
    for op, allowed in [("eq", (True, False)), ("lt", (False, True)), ("gte", (True, False))]:
        policy = one_tool(require=[predicate(condition("args.x", op, most))])
        verdicts = [decide_alone(policy, Call(tool="t", args={"x": x})).verdict for x in (most, most - 1)]
        assert verdicts == [Verdict.ALLOW if one else Verdict.DENY for one in allowed]


@pytest.mark.parametrize("text", ["\ud800", "a\udc00b", "a" + "\udc00\ud800"])
def test_half_a_surrogate_pair_is_one_character_to_a_pattern(text: str) -> None:
    policy = one_tool(require=[predicate(condition("args.x", "regex", "^a?.{1,2}b?$"))])
    assert decide_alone(policy, Call(tool="t", args={"x": text})).verdict is Verdict.ALLOW


@pytest.mark.parametrize("op", list(Op))
def test_conditions_are_anded_and_none_of_them_short_cuts_another(op: Op) -> None:
    value: Any = {Op.IN: [1], Op.NOT_IN: [1], Op.REGEX: "a", Op.EXISTS: True}.get(op, 1)
    never = condition("args.y", "eq", None)
    policy = one_tool(deny_if=[predicate(condition("args.x", op, value), never)])
    for args in _ARGUMENTS.values():
        assert decide_alone(policy, Call(tool="t", args={"x": args, "y": args})).verdict is Verdict.ALLOW


def test_absence_decides_every_operator() -> None:
    for op in Op:
        assert holds(Condition(("x",), op, True), ABSENT) is Truth.FALSE
    assert holds(Condition(("x",), Op.EXISTS, False), ABSENT) is Truth.TRUE
    assert holds(Condition(("x",), Op.EXISTS, False), Seen(0)) is Truth.FALSE
