"""Counts in the engine's books against a list of everything that was consumed."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import Ledger, Windows
from policyctl.model.call import Call
from policyctl.model.decision import Verdict

from .build import Reference, one_tool, policy_of, replay
from .naive import NaiveLimits, complete_calls, limited_policies

_FEW = settings(max_examples=60, deadline=None)
_ENGINES = st.sampled_from([Reference, Gateway])


@_FEW
@given(limited_policies(), complete_calls(backwards=70), st.sampled_from(Windows), _ENGINES)
def test_every_verdict_is_the_one_that_counting_the_list_gives(
    document: dict[str, Any], calls: list[Call], windows: Windows, engine: type[Reference | Gateway]
) -> None:
    policy = policy_of(document)
    naive, evaluator = NaiveLimits(policy, windows), engine(policy, windows=windows)
    for call in calls:
        decision = evaluator.admit(call)
        assert (decision.verdict, decision.pointer) == naive.admit(call)
    for pointer, book in evaluator.ledger.books.items():
        assert (book.peak.used, book.demand) == (naive.peak[pointer], naive.demand[pointer])


@_FEW
@given(limited_policies(), complete_calls(backwards=400), st.sampled_from(Windows), _ENGINES)
def test_a_certain_verdict_is_right_even_where_some_lines_come_too_late(
    document: dict[str, Any], calls: list[Call], windows: Windows, engine: type[Reference | Gateway]
) -> None:
    policy = policy_of(document)
    naive, evaluator = NaiveLimits(policy, windows), engine(policy, windows=windows, lateness=1)
    for call in calls:
        decision, truth = evaluator.admit(call), naive.admit(call)
        if decision.verdict is Verdict.UNDETERMINED:
            assert evaluator.ledger.late_calls
            assert decision.causes == ("usage-unknown",)
        else:
            assert (decision.verdict, decision.pointer) == truth


@_FEW
@given(st.lists(st.integers(-3_000, 0), min_size=100, max_size=400), st.sampled_from(Windows))
def test_forgetting_changes_no_count_that_may_still_be_asked_for(steps: list[int], windows: Windows) -> None:
    limit = {"counter": "c", "max": 3, "window": 10}
    policy = one_tool(limits=[limit])
    naive, evaluator = NaiveLimits(policy, windows), Reference(policy, windows=windows, lateness=60)
    for number, step in enumerate(steps):
        seconds = 4 * number + 10_000 + step % 61 - 60
        ts = f"2026-01-01T{seconds // 3_600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}Z"
        call = Call(tool="t", args={}, ts=ts, grant="g")
        assert evaluator.admit(call).verdict is naive.admit(call)[0]
    (book,) = evaluator.ledger.books.values()
    assert book.peak.used == naive.peak["/tools/t/limits/0"]


@_FEW
@given(st.sampled_from([10, "minute"]), complete_calls(backwards=30), st.sampled_from(Windows))
def test_the_demand_is_the_smallest_maximum_that_denies_nothing(
    window: int | str, calls: list[Call], windows: Windows
) -> None:
    limit = {"counter": "c", "window": window}
    tight = Gateway(policy_of({"tools": {"t": {"limits": [{**limit, "max": 1}]}, "u": {}}}), windows=windows)
    # A call that failed in the protocol uses nothing up, but it was decided, and could have been denied.
    replay(tight, calls)
    demand = tight.ledger.books["/tools/t/limits/0"].demand
    for maximum, denies in [(demand, False), (demand - 1, True)]:
        if maximum >= 1:
            wide = Gateway(
                policy_of({"tools": {"t": {"limits": [{**limit, "max": maximum}]}, "u": {}}}), windows=windows
            )
            assert any(decision.verdict is Verdict.DENY for decision in replay(wide, calls)) == denies


@_FEW
@given(limited_policies(), complete_calls(backwards=70))
def test_the_fixed_replay_knows_what_sliding_windows_would_have_denied(
    document: dict[str, Any], calls: list[Call]
) -> None:
    policy = policy_of(document)
    fixed, sliding = Gateway(policy), Gateway(policy, windows=Windows.SLIDING)
    replay(fixed, calls)
    denials = Counter(decision.pointer for decision in replay(sliding, calls) if decision.verdict is Verdict.DENY)
    assert fixed.sliding_denials == denials
    assert fixed.follows_sliding
    assert not sliding.follows_sliding


@_FEW
@given(limited_policies(), complete_calls())
def test_the_peak_of_fixed_windows_is_the_fullest_window(document: dict[str, Any], calls: list[Call]) -> None:
    policy = policy_of(document)
    naive, gateway = NaiveLimits(policy, Windows.FIXED), Gateway(policy)
    replay(gateway, calls)
    for call in calls:
        naive.admit(call)
    for pointer, book in gateway.ledger.books.items():
        window = book.limit.window * 10**9
        sums: Counter[Any] = Counter()
        for use in naive.used.get(pointer, []):
            sums[use.subject, use.at // window] += use.amount  # type: ignore[assignment]
        assert book.peak.used == max(sums.values(), default=0)


def test_a_policy_without_limits_has_no_books() -> None:
    assert Ledger(one_tool()).books == {}
