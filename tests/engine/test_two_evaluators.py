"""The compiled engine against the reference evaluator: one answer for every call of 200,000 hostile ones."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import LATENESS, Windows
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Verdict

from . import hostile
from .build import Event, Reference, policy_of

_CHUNKS = 8
_TRACES = 250
_LENGTH = 102


def _compare(document: dict[str, Any], events: list[Event], *, windows: Windows, lateness: int) -> set[Verdict]:
    """Both evaluators over one trace, call by call and then in what they wrote down."""
    policy = policy_of(document)
    plain = Reference(policy, windows=windows, lateness=lateness)
    compiled = Gateway(policy, windows=windows, lateness=lateness)
    verdicts = set()
    for number, event in enumerate(events):
        if isinstance(event, Approval):
            plain.ledger.approve(event, event.tool)
            compiled.approve(event)
            continue
        expected, found = plain.admit(event), compiled.admit(event)
        assert (found.content, found.doubts) == (expected.content, expected.doubts), (number, event)
        verdicts.add(found.verdict)
    _compare_ledgers(plain, compiled)
    return verdicts


def _compare_ledgers(plain: Reference, compiled: Gateway) -> None:
    assert compiled.ledger.late_calls == plain.ledger.late_calls
    for pointer, expected in plain.ledger.books.items():
        found = compiled.ledger.books[pointer]
        assert (found.peak, found.demand) == (expected.peak, expected.demand)
        assert found.is_certain == expected.is_certain
        assert found.subjects == expected.subjects
    accounts = dict(plain.ledger.accounts.all())
    for subject, account in compiled.ledger.accounts.all():
        expected_account = accounts.pop(subject)
        assert account.latest == expected_account.latest
        for book in compiled.ledger.books.values():
            assert account.used.total(book.number) == expected_account.used.total(book.number)
    assert not accounts


@pytest.mark.parametrize("chunk", range(_CHUNKS))
def test_both_evaluators_give_the_same_answer_to_every_hostile_call(chunk: int) -> None:
    random = Random(f"two evaluators {chunk}")
    verdicts: set[Verdict] = set()
    for _ in range(_TRACES):
        document = hostile.policy(random)
        events = list(hostile.trace(random, _LENGTH))
        windows = random.choice((Windows.FIXED, Windows.SLIDING))
        verdicts |= _compare(document, events, windows=windows, lateness=random.choice((LATENESS, 60)))
    assert verdicts == set(Verdict)


def test_the_chunks_hold_at_least_two_hundred_thousand_calls() -> None:
    assert _CHUNKS * _TRACES * _LENGTH >= 200_000


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False, note_method_calls=False), st.integers(1, 6), st.sampled_from(Windows))
def test_both_evaluators_agree_on_short_traces_that_can_be_shrunk(
    random: Random, length: int, windows: Windows
) -> None:
    _compare(hostile.policy(random), list(hostile.trace(random, length)), windows=windows, lateness=60)


def test_a_call_without_a_countable_amount_moves_its_subject_forward_in_both() -> None:
    limit = {"counter": "c", "max": 1, "window": 60, "amount_from": "args.amount"}
    early, late = "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"
    calls: list[Event] = [
        Call(tool="t", args={"amount": amount}, ts=ts, grant="g")
        for amount, ts in [(1, early), ("much", late), (1, early)]
    ]
    _compare({"tools": {"t": {"limits": [limit]}}}, calls, windows=Windows.FIXED, lateness=60)
