"""What each stage and each condition saw, and that the explanation decides as the engine does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from policyctl.diagnostic import Position
from policyctl.engine.ledger import Ledger
from policyctl.explain.result import Explanation, State
from policyctl.explain.run import explain
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

CONDITION = {"path": "args.to.amount", "op": "lte", "value": 10}


def explained(rules: Mapping[str, Any], call: Mapping[str, Any], **members: Any) -> Explanation:
    """The tool `pay` under these rules."""
    whole = {"version": "1", "default": "deny", "tools": {"pay": rules}, **members}
    document = read_document("policy.json", json.dumps(whole).encode())
    assert isinstance(document, Document)
    policy = read_policy(document).policy
    assert policy is not None

    def locate(pointer: str) -> Position:
        return document.key_span(pointer).start

    recorded = Call(tool=call.get("tool", "pay"), **{key: value for key, value in call.items() if key != "tool"})
    return explain(policy, recorded, Ledger(policy), tool=recorded.tool, locate=locate)


def states(explanation: Explanation) -> str:
    """The initials of the states of all stages; `-` for one that was not reached."""
    return "".join("-" if stage.state is State.NOT_REACHED else stage.state[0] for stage in explanation.stages)


def test_stages_behind_the_one_that_decides_are_not_reached() -> None:
    hidden = explained({}, {"args": {}}, hide=["x", "pay"])
    assert states(hidden) == "d------"
    assert hidden.stages[0].says == "`hide` names the tool"
    assert hidden.stages[6].says == "an earlier stage has decided"
    assert states(explained({}, {"tool": "other", "args": {}})) == "pd-----"
    assert states(explained({"action": "deny"}, {"args": {}})) == "ppd----"
    assert states(explained({"require": [{"conditions": [CONDITION]}]}, {"args": {}})) == "pppd---"
    assert states(explained({"deny_if": [{"conditions": []}]}, {"args": {}})) == "ppppd--"
    assert states(explained({"action": "require_approval"}, {"args": {}})) == "pppppa-"
    assert states(explained({}, {"args": {}})) == "ppppppp"


def test_an_open_stage_leaves_the_rest_to_be_asked() -> None:
    rules = {"require": [{"conditions": [CONDITION]}], "deny_if": [{"conditions": []}]}
    certain = explained(rules, {"args": None})
    assert (states(certain), certain.decision.verdict) == ("pppod--", Verdict.DENY)
    approval = explained({"require": rules["require"], "action": "require_approval"}, {"args": None})
    assert (states(approval), approval.decision.verdict) == ("pppopo-", Verdict.UNDETERMINED)


@pytest.mark.parametrize(
    ("args", "op", "value", "holds", "reason"),
    [
        ({"to": {"amount": 5}}, "lte", 10, True, None),
        ({"to": {"amount": 50}}, "lte", 10, False, None),
        ({"to": {"amount": "5"}}, "lte", 10, False, "it is text, not a number"),
        ({"to": {"amount": True}}, "gt", 0, False, "it is a boolean, not a number"),
        ({"to": {"amount": 5}}, "regex", "5", False, "it is a number, not text"),
        ({"to": {"amount": {}}}, "contains", "5", False, "it is an object, neither text nor a list"),
        ({"to": {"amount": "5"}}, "contains", 5, False, "it is text, which cannot contain a number"),
        ({"to": {"amount": "5"}}, "eq", 5, False, "it is text, and the value is a number"),
        ({"to": {"amount": "5"}}, "neq", 5, True, "it is text, and the value is a number"),
        ({"to": {}}, "lte", 10, False, "it is absent, where only `exists: false` holds"),
        (
            {"to": {"amount": None}},
            "neq",
            1,
            False,
            "it is null, which counts as absent, where only `exists: false` holds",
        ),
        ({"to": [1]}, "lte", 10, False, "it is absent, since `args.to` is a list, where only `exists: false` holds"),
        ({}, "exists", False, True, "it is absent"),
        ({"to": {"amount": 0}}, "exists", False, False, None),
    ],
)
def test_a_condition_says_why_it_does_not_hold(args: Any, op: str, value: Any, holds: bool, reason: str | None) -> None:
    condition = {"path": "args.to.amount", "op": op, "value": value}
    view = explained({"require": [{"conditions": [condition]}]}, {"args": args}).stages[3].predicates[0].conditions[0]
    assert (view.truth.name, view.reason) == ("TRUE" if holds else "FALSE", reason)


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"args": None}, "the record has no arguments"),
        ({"args": "text"}, "the recorded arguments are no object"),
        ({"args_state": "hashed"}, "the record has only a hash of the arguments"),
        ({"args_state": "keys_only", "keys": ["to"]}, "the record has the names of the arguments and not their values"),
        ({"args_state": "keys_only", "keys": []}, "it is absent, where only `exists: false` holds"),
        ({"args": {"to": {}}, "redacted": ["/to/amount"]}, "it is redacted"),
    ],
)
def test_a_condition_says_what_the_record_lacks(record: Mapping[str, Any], reason: str) -> None:
    view = explained({"require": [{"conditions": [CONDITION]}]}, record).stages[3].predicates[0].conditions[0]
    assert view.reason == reason


def test_what_is_missing_denies_in_require_and_passes_in_deny_if_and_both_say_so() -> None:
    required = explained({"require": [{"conditions": [CONDITION]}]}, {"args": {}}).stages[3].predicates[0]
    assert required.remark == "in `require`, an argument that is missing or of another type denies"
    forbidden = explained({"deny_if": [{"conditions": [CONDITION]}]}, {"args": {}}).stages[4].predicates[0]
    assert forbidden.remark is not None
    assert "only a `require` would deny" in forbidden.remark
    compared = explained({"require": [{"conditions": [CONDITION]}]}, {"args": {"to": {"amount": 99}}})
    assert compared.stages[3].predicates[0].remark is None


def test_predicates_and_limits_behind_the_one_that_decides_are_shown_as_not_reached() -> None:
    rules = {"require": [{"conditions": []}, {"conditions": [CONDITION]}, {"conditions": [CONDITION]}]}
    first, second, third = explained(rules, {"args": {}}).stages[3].predicates
    assert [view.truth and view.truth.name for view in (first, second, third)] == ["TRUE", "FALSE", None]
    assert third.conditions == ()
    limit = {"max": 1, "window": "day", "amount_from": "args.n"}
    limits = [limit | {"counter": "a"}, limit | {"counter": "b"}]
    reached, behind = explained({"limits": limits}, {"args": {"n": -1}}).stages[6].limits
    assert reached.room is not None
    assert behind.room is None


def test_the_decision_has_its_place_in_the_file() -> None:
    explanation = explained({"action": "deny"}, {"args": {}})
    assert explanation.position is not None
    assert (explanation.position.line, explanation.position.column) == (1, 55)
    assert explained({}, {"args": {}}).position is None


def test_an_unknown_tool_gets_the_name_that_was_probably_meant() -> None:
    assert explained({}, {"tool": "Pay_", "args": {}}).near == "pay"
    assert explained({}, {"args": {}}).near is None
    assert explained({}, {"tool": "entirely_different", "args": {}}).near is None
