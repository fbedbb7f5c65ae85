"""The shipped exchange trace tells the story that its README promises, call by call."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger, Windows
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"


@dataclass(frozen=True, slots=True)
class Decided:
    """One call of the trace and what the policy says about it."""

    call: Call
    decision: Decision

    @property
    def told(self) -> tuple[str, str]:
        last = self.decision.rule.rpartition("/")[2] or next(iter(self.decision.causes), "")
        return (str(self.decision.verdict), last)


def replay(trace: str, windows: Windows) -> list[Decided]:
    policy = shipped_policy()
    ledger = Ledger(policy, windows=windows)
    decided = []
    for line in (FIXTURES / "traces" / trace).read_text("utf-8").splitlines():
        record = json.loads(line)
        if "approval" in record:
            approval = msgspec.convert(record["approval"], Approval)
            ledger.approve(approval, approval.tool)
            continue
        call = msgspec.convert(record | {"meta": msgspec.Raw(b""), "decision": msgspec.Raw(b"")}, Call)
        decision = decide(policy, call, ledger)
        ledger.settle(decision, call)
        decided.append(Decided(call, decision))
    return decided


def shipped_policy() -> Policy:
    path = FIXTURES / "policies" / "exchange.json"
    document = read_document(path.name, path.read_bytes())
    assert isinstance(document, Document)
    policy = read_policy(document).policy
    assert policy is not None
    return policy


@pytest.fixture(scope="module")
def story() -> list[Decided]:
    return replay("exchange.jsonl", Windows.FIXED)


def not_allowed(story: list[Decided], session: str) -> list[tuple[str, str]]:
    return [
        decided.told
        for decided in story
        if decided.call.session == session and decided.decision.verdict is not Verdict.ALLOW
    ]


@pytest.mark.parametrize(
    ("session", "told"),
    [
        ("research-0", []),
        ("desk-0", []),
        ("desk-hasty", [("deny", "orders_per_minute")] * 4),
        ("desk-burst", []),
        ("research-stuck", [("deny", "rate_limit")] * 15),
        ("spot-1", [("deny", "spot_spend_per_day")]),
        (
            "desk-learning",
            [
                ("deny", "args.interval-in"),
                ("deny", "args.limit-gt"),
                ("deny", "args.symbol-in"),
                ("deny", "args.quantity-regex"),
                ("deny", "args.timeInForce-in+args.reduceOnly-exists"),
                ("deny", "args.type-eq+args.quoteOrderQty-gt+args.quoteOrderQty-lte"),
                ("deny", "action"),
                ("deny", "args.orderId-gt"),
                ("deny", "args.leverage-lte"),
                *[("deny", "(default deny)")] * 2,
            ],
        ),
        ("treasury-1", [("approval", "action")] * 3),
        (
            "treasury-2",
            [
                ("approval", "action"),
                *[("deny", "args.questionnaire.isAddressOwner-eq+args.questionnaire.vasp-in")] * 2,
            ],
        ),
        ("attack-0", [("deny", "args.address-in")]),
        ("attack-1", [("deny", "(hidden)"), ("deny", "always"), ("deny", "args.address-in")]),
        ("attack-2", [("deny", "always")]),
        ("attack-3", [("deny", "(hidden)"), ("deny", "args.address-in")]),
        ("attack-4", []),
        ("attack-5", []),
        ("desk-unnamed", [("undetermined", "no-subject")]),
    ],
)
def test_each_session_meets_the_rules_that_its_part_of_the_story_names(
    story: list[Decided], session: str, told: list[tuple[str, str]]
) -> None:
    assert not_allowed(story, session) == told


def test_the_gaps_are_undetermined_with_their_causes(story: list[Decided]) -> None:
    causes = [decided.decision.causes[0] for decided in story if decided.decision.verdict is Verdict.UNDETERMINED]
    assert causes == ["no-subject", "argument-redacted:/address", "no-time", "arguments-absent"]


def test_only_a_sliding_window_sees_the_burst_across_the_minute() -> None:
    assert not_allowed(replay("exchange.jsonl", Windows.SLIDING), "desk-burst") == [("deny", "cancels_per_minute")] * 10


def test_each_approval_that_does_not_count_is_told_apart(story: list[Decided]) -> None:
    waiting = [decided.decision for decided in story if decided.told == ("approval", "action")][:3]
    for decision, miss in zip(waiting, ("was used before", "has expired", "is for other arguments"), strict=True):
        assert f"the approval on record {miss}" in decision.message


def test_a_log_without_values_is_decided_where_no_value_is_asked_for() -> None:
    verdicts = Counter(decided.decision.verdict for decided in replay("exchange-gateway-log.jsonl", Windows.FIXED))
    assert verdicts == {Verdict.ALLOW: 81, Verdict.UNDETERMINED: 31, Verdict.DENY: 2}
