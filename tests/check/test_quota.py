"""How many calls the limits of a policy let through together: proved, or shown by calls with their times."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.check.result import Outcome, Overrun, Verdict
from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.model import decision
from policyctl.model.time import SECOND, instant
from tests.check.written import catalog_of, verdict
from tests.engine.build import condition, policy_of, predicate


def limit(maximum: float, window: Any = "minute", **more: Any) -> dict[str, Any]:
    return {"counter": "c", "max": maximum, "window": window, **more}


def tools(**limits: list[dict[str, Any]]) -> dict[str, Any]:
    return {"tools": {name: {"limits": each} for name, each in limits.items()}}


def found(policy: dict[str, Any], quota: str, **more: Any) -> Verdict:
    return verdict(policy, {"at_most": quota, **more})


def overrun_of(found: Verdict) -> Overrun:
    assert found.overrun is not None, found
    return found.overrun


def bursts(found: Verdict) -> list[tuple[str, str | None, int]]:
    return [(burst.call.tool, burst.call.ts, burst.count) for burst in overrun_of(found).bursts]


A_DAY = limit(10, "day", amount_from="args.a")
AT_LEAST_2 = {"require": [predicate(condition("args.a", "gte", 2))]}


@pytest.mark.parametrize(
    ("policy", "quota", "outcome"),
    [
        (tools(t=[limit(10)]), "10/minute", "holds"),
        (tools(t=[limit(10)]), "9/minute", "fails"),
        (tools(t=[limit(10)]), "600/hour", "holds"),
        (tools(t=[limit(10)]), "599/hour", "fails"),
        (tools(t=[limit(10, "hour")]), "10/minute", "holds"),
        (tools(t=[limit(10, "hour")]), "9/minute", "fails"),
        (tools(t=[]), "1000000/minute", "fails"),
        # Windows that do not nest: one of sixty seconds can meet ten of seven.
        (tools(t=[limit(1, 7)]), "10/minute", "holds"),
        (tools(t=[limit(1, 7)]), "9/minute", "fails"),
        (tools(t=[limit(1, 90)]), "2/minute", "holds"),
        (tools(t=[limit(1, 90)]), "1/minute", "fails"),
        # Several limits of one tool: neither alone is enough.
        (tools(t=[limit(4, 60), limit(5, 90)]), "8/120s", "holds"),
        (tools(t=[limit(4, 60), limit(5, 90)]), "7/120s", "fails"),
        # Limits of several tools add up.
        (tools(t=[limit(10)], u=[limit(5)]), "15/minute", "holds"),
        (tools(t=[limit(10)], u=[limit(5)]), "14/minute", "fails"),
        (tools(t=[limit(10)], u=[]), "15/minute", "fails"),
        # Windows of two tools that never are at their fullest together.
        (tools(t=[limit(1, 90)], u=[limit(1, 90)]), "4/minute", "holds"),
        # What counts every call bounds the sum.
        ({**tools(t=[], u=[limit(5)]), "all_tools": {"limits": [limit(8)]}}, "8/minute", "holds"),
        ({**tools(t=[], u=[limit(5)]), "all_tools": {"limits": [limit(8)]}}, "7/minute", "fails"),
        ({"default": "allow", "all_tools": {"limits": [limit(8)]}}, "8/minute", "holds"),
        ({"default": "allow", **tools(t=[limit(1)])}, "100/minute", "fails"),
        # A session is none of a grant's own: it may have as many as it likes.
        (tools(t=[limit(1, scope="session")]), "100/minute", "fails"),
        ({"tools": {"t": {"rate_limit": {"max": 1, "window": "minute"}}}}, "100/minute", "fails"),
        # What is denied makes no call, and what waits for a person does.
        ({"tools": {"t": {"action": "deny"}}}, "1/minute", "holds"),
        ({"hide": ["*"], "default": "allow"}, "1/minute", "holds"),
        ({"tools": {"t": {"action": "require_approval"}}}, "5/minute", "fails"),
        ({"tools": {"t": {"action": "require_approval", "limits": [limit(5)]}}}, "5/minute", "holds"),
        # Limits of amounts bound calls only if no call takes little.
        ({"tools": {"t": {"limits": [A_DAY]}}}, "100/day", "fails"),
        ({"tools": {"t": {"limits": [A_DAY], **AT_LEAST_2}}}, "5/day", "holds"),
        ({"tools": {"t": {"limits": [A_DAY], **AT_LEAST_2}}}, "4/day", "fails"),
    ],
)
def test_limits_bound_the_sum_of_calls_of_a_grant(policy: dict[str, Any], quota: str, outcome: str) -> None:
    assert found(policy, quota).outcome == outcome


def test_a_sequence_has_its_times() -> None:
    assert bursts(found(tools(t=[limit(10)]), "15/hour")) == [
        ("t", "2026-01-01T00:00:00Z", 10),
        ("t", "2026-01-01T00:01:00Z", 6),
    ]


def test_a_sequence_is_of_as_few_tools_as_are_enough_and_names_what_bounds_them() -> None:
    shown = found(tools(a=[limit(1)], b=[limit(7)], c=[limit(8)]), "14/minute")
    assert bursts(shown) == [("c", "2026-01-01T00:00:00Z", 8), ("b", "2026-01-01T00:00:00Z", 7)]
    assert overrun_of(shown).pointers == ("/tools/c/limits/0", "/tools/b/limits/0")


def test_a_tool_that_nobody_lists_can_be_the_one() -> None:
    shown = overrun_of(found({"default": "allow", **tools(t=[limit(1)])}, "3/minute"))
    assert (shown.other, shown.pointers, shown.count) == ("other_tool", ("/default",), 4)


def test_only_calls_that_meet_the_conditions_count() -> None:
    policy = {"tools": {"t": {"require": [predicate(condition("args.a", "lte", 5))]}}}
    assert found(policy, "1/day", when=[condition("args.a", "gt", 5)]).outcome is Outcome.HOLDS
    shown = overrun_of(found(policy, "1/day", when=[condition("args.a", "gt", 3)]))
    assert [burst.call.args for burst in shown.bursts] == [{"a": 4}]


def test_calls_are_valid_under_the_input_schema_where_they_can_be() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "integer", "minimum": 2}}, "required": ["a"]}
    catalog = catalog_of({"name": "t", "inputSchema": schema})
    shown = overrun_of(verdict({"tools": {"t": {}}}, {"at_most": "1/day"}, catalog))
    assert [(burst.call.args, burst.count) for burst in shown.bursts] == [({"a": 2}, 2)]


def test_what_is_neither_proved_nor_shown_says_so() -> None:
    rules = {"require": [predicate(condition("args.a", "regex", r"^\C$"))]}
    unknown = found({"tools": {"t": rules}}, "1/day")
    assert unknown.outcome is Outcome.UNDETERMINED
    assert r"\C" in unknown.reasons[0]
    assert (
        unknown.reasons[-1]
        == "no sequence of calls was found that is more than `1/day`, nor a proof that there is none"
    )
    assert found({"tools": {"t": rules | {"limits": [limit(1, "day")]}}}, "1/day").outcome is Outcome.HOLDS


def test_a_thousand_tools_are_no_trouble() -> None:
    many = tools(**{f"t{number}": [limit(1, "hour")] for number in range(1_000)})
    assert found(many, "1000/hour").outcome is Outcome.HOLDS
    assert overrun_of(found(many, "999/hour")).count == 1_000


windows = st.sampled_from([1, 2, 3, 4, 6])
limits = st.lists(st.builds(limit, st.integers(1, 3), windows), min_size=0, max_size=2)


@settings(max_examples=150)
@given(t=limits, u=limits, every=limits, calls=st.integers(1, 4), window=windows)
def test_no_sequence_of_a_small_world_contradicts_the_verdict(
    t: list[Any], u: list[Any], every: list[Any], calls: int, window: int
) -> None:
    policy = {**tools(t=t, u=u), "all_tools": {"limits": every}}
    shown = found(policy, f"{calls}/{window}s")
    assert shown.outcome is not Outcome.CHECKS_NOTHING
    if shown.overrun is not None:
        assert_real(policy, shown.overrun, calls, window)
    if shown.outcome is not Outcome.FAILS:
        # All starts of windows in half a minute come in one period of all windows, which is twelve seconds.
        for start in range(0, 12, window):
            assert not can_exceed(policy, range(start, start + window), calls + 1), start


def assert_real(policy: dict[str, Any], overrun: Overrun, calls: int, window: int) -> None:
    read = policy_of(policy)
    ledger = Ledger(read)
    seconds = set()
    for burst in overrun.bursts:
        for _ in range(burst.count):
            made = decide(read, burst.call, ledger)
            ledger.settle(made, burst.call)
            assert made.verdict is decision.Verdict.ALLOW
        moment = instant(burst.call.ts or "")
        assert moment is not None
        seconds.add(moment // SECOND)
    assert len({second // window for second in seconds}) == 1
    assert overrun.count == calls + 1


def can_exceed(policy: dict[str, Any], seconds: range, count: int) -> bool:
    """Whether so many calls, of any tools at any of these seconds, are within all limits: each is counted by hand."""
    slots = [(second, tool) for second in seconds for tool in ("t", "u")]
    every = policy["all_tools"]["limits"]
    bounds = [(each, ("t", "u")) for each in every] + [
        (each, (name,)) for name, rules in policy["tools"].items() for each in rules["limits"]
    ]
    return any(
        all(
            sum(1 for second, tool in chosen if tool in names and second // each["window"] == at) <= each["max"]
            for each, names in bounds
            for at in {second // each["window"] for second in seconds}
        )
        for chosen in combinations_with_replacement(slots, count)
    )
