"""Which tools, rules and limits a change is about, and whether it may be."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from policyctl.model.decision import Verdict
from policyctl.model.threshold import Threshold
from policyctl.simulate.compare.change import Change
from policyctl.simulate.compare.gates import ChangeBounds
from policyctl.simulate.gates import Bounds
from policyctl.simulate.labels import Labels
from policyctl.simulate.selector import parse_selector
from tests.simulate.compare.compared import compared

AT = "2026-01-01T00:00:00Z"


def policy(**tools: Any) -> dict[str, Any]:
    return {"version": "1", "default": "allow", "tools": tools}


def limit(maximum: int, window: str = "day", counter: str = "n", **more: Any) -> dict[str, Any]:
    return {"counter": counter, "max": maximum, "window": window, **more}


def call(tool: str, session: str = "s", **more: Any) -> dict[str, Any]:
    return {"tool": tool, "args": {}, "ts": AT, "grant": "g", "session": session, **more}


NONE = Threshold(Fraction(0), is_share=False)
ONE = Threshold(Fraction(1), is_share=False)


def test_the_deciding_rules_of_both_sides_are_named_with_their_first_calls() -> None:
    base = policy(pay={"action": "deny", "reason": "never"})
    found = compared(base, policy(pay={"limits": [limit(2, on_deny="enough")]}), [call("pay") for _ in range(6)])
    allowed, denied = found.rules
    assert (allowed.change, allowed.calls, allowed.tools) == (Change.NEWLY_ALLOWED, 2, ("pay",))
    assert (allowed.base.pointer, allowed.base.message, allowed.new.pointer) == ("/tools/pay/action", "never", None)
    assert [sample.line for sample in allowed.samples] == [1, 2]
    assert (denied.change, denied.calls) == (Change.RULE_CHANGED, 4)
    assert (denied.new.rule, denied.new.pointer) == ("/tools/pay/limits/n", "/tools/pay/limits/0")
    assert [sample.line for sample in denied.samples] == [3, 4, 5]


def test_each_side_has_counts_of_its_own() -> None:
    # What the base denies leaves room in its limit; what the new policy allows uses up its own.
    first = {"deny_if": [{"conditions": [{"path": "args.x", "op": "exists", "value": True}]}], "limits": [limit(2)]}
    lines = [call("pay", args={"x": 1}), call("pay", args={"x": 1}), call("pay"), call("pay")]
    found = compared(policy(pay=first), policy(pay={"limits": [limit(2)]}), lines)
    assert {pair: calls for pair, calls in found.matrix.items() if calls} == {
        (Verdict.DENY, Verdict.ALLOW): 2,
        (Verdict.ALLOW, Verdict.DENY): 2,
    }
    assert [(pair.base and pair.base.denied, pair.new and pair.new.denied) for pair in found.limits] == [(0, 2)]


def test_approvals_are_used_up_on_each_side_by_itself() -> None:
    from policyctl.engine.canonical import digest

    words = {"tool": "ask", "args_digest": digest({}), "session": "s", "expires": "2027-01-01T00:00:00Z", "id": "1"}
    lines = [{"approval": words}, call("ask"), call("ask")]
    ask = policy(ask={"action": "require_approval"})
    found = compared(ask, policy(ask={"action": "require_approval", "reason": "why"}), lines)
    assert [tool.base.approval for tool in found.tools] == [tool.new.approval for tool in found.tools] == [1]
    assert found.count(Change.UNCHANGED) == 2


def test_a_limit_is_the_same_by_its_name_wherever_it_stands() -> None:
    base = policy(pay={"limits": [limit(5, counter="a"), limit(7, counter="b")]})
    found = compared(base, policy(pay={"limits": [limit(7, counter="b"), limit(5, counter="a")]}), [call("pay")])
    assert found.limits == ()
    found = compared(base, policy(pay={"limits": [limit(7, counter="b"), limit(4, counter="c")]}), [call("pay")])
    names = [(pair.base and pair.base.limit.counter, pair.new and pair.new.limit.counter) for pair in found.limits]
    assert names == [(None, "c"), ("a", None)]


def test_sessions_of_known_outcome_are_scored_under_both() -> None:
    labels = Labels(
        bad=[parse_selector("meta.bad", option="--bad")],
        good=[parse_selector("meta.good", option="--good")],
        attack=[parse_selector("tool=steal", option="--attack-call")],
    )
    lines = [call("steal", "a", meta={"bad": True}), call("read", "b", meta={"good": True}), call("write", "b")]
    found = compared(policy(write={"action": "deny"}), policy(steal={"action": "deny"}), lines, labels=labels)
    before, after = found.base.labels, found.new.labels
    assert before is not None
    assert after is not None
    assert (before.stopped, before.broken, after.stopped, after.broken) == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        (ChangeBounds(max_newly_denied=NONE), 1),
        (ChangeBounds(max_newly_denied=ONE), 0),
        (ChangeBounds(max_newly_allowed=NONE), 1),
        (ChangeBounds(max_newly_allowed=ONE), 0),
        (ChangeBounds(max_approval_removed=NONE), 1),
        (ChangeBounds(max_approval_added=NONE), 1),
        (ChangeBounds(max_changed=Threshold(Fraction(3), is_share=False)), 1),
        (ChangeBounds(max_changed=Threshold(Fraction(4), is_share=False)), 0),
        (ChangeBounds(max_changed=Threshold(Fraction(8, 10), is_share=True)), 0),
        (ChangeBounds(max_changed=Threshold(Fraction(79, 100), is_share=True)), 1),
    ],
)
def test_a_bound_on_changes_fails_with_1(bounds: ChangeBounds, code: int) -> None:
    deny, ask = {"action": "deny"}, {"action": "require_approval"}
    base, new = policy(a=deny, b=ask, d={}), policy(c=deny, d=ask)
    lines = [call(tool) for tool in "abcde"]
    found = compared(base, new, lines, changes=bounds)
    assert {row.change: row.calls for row in found.changes if row.change.is_of_verdict} == {
        Change.NEWLY_ALLOWED: 1,
        Change.APPROVAL_REMOVED: 1,
        Change.NEWLY_DENIED: 1,
        Change.APPROVAL_ADDED: 1,
    }
    assert found.code == code
    assert [gate.name for gate in found.gates if not gate.passed] == [gate.name for gate in found.gates[1:] if code]


def test_fidelity_is_asked_of_the_base_and_everything_else_of_the_new_policy() -> None:
    bounds = Bounds(max_denied=NONE, min_fidelity=Threshold(Fraction(1), is_share=True))
    lines = [call("pay", decision={"verdict": "allow"})]
    allows, denies = policy(), policy(pay={"action": "deny"})
    found = compared(allows, denies, lines, bounds=bounds)
    assert [(gate.name, gate.passed) for gate in found.gates] == [
        ("min-fidelity", True),
        ("max-denied", False),
        ("max-bad-lines", True),
    ]
    found = compared(denies, allows, lines, bounds=bounds)
    assert (found.code, [gate.passed for gate in found.gates]) == (4, [False, True, True])


def test_calls_that_never_both_sides_decide_are_no_evidence() -> None:
    asks = {"require": [{"conditions": [{"path": "args.x", "op": "exists", "value": True}]}]}
    hashed = {"args": "sha256:0", "args_state": "hashed"}
    lines = [call("a", **hashed), call("b", **hashed)]
    found = compared(policy(a=asks), policy(b=asks), lines)
    assert (found.base.code, found.new.code, found.compared, found.code) == (0, 0, 0, 4)
    assert compared(policy(a=asks), policy(b=asks), [*lines, call("c")]).code == 0
    assert compared(policy(), policy(), []).code == 3


def test_policies_without_a_tool_in_common_are_noticed() -> None:
    assert compared(policy(a={}), policy(b={}), [call("a")]).strangers == (("base.json", "new.json"),)
    assert compared(policy(a={}), policy(a={}, b={}), [call("a")]).strangers == ()
    assert compared(policy(), policy(b={}), [call("a")]).strangers == ()
