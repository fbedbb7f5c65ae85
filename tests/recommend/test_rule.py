"""Which rule a tool gets: the published forms, and what makes a rule stricter than its class asks for."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.model.catalog import Category, Confidence, Evidence, Review, Risk, Tag
from policyctl.recommend.profile import Approval, Outcome, Profile
from policyctl.recommend.rule import rule_for
from policyctl.recommend.standing import Because

from .listed import tool, with_arguments

ALWAYS = {"deny_if": [{"conditions": [], "on_deny": "Requires human approval."}]}
ASKS = {"action": "require_approval", "reason": "Requires human approval."}


def counted(maximum: int, window: str) -> dict[str, Any]:
    return {"limits": [{"counter": "t_rate", "max": maximum, "window": window, "scope": "grant"}]}


FORMS: dict[Profile, dict[Category, dict[str, Any] | None]] = {
    Profile.TOOL_PAGE: {
        Category.READ: {},
        Category.WRITE: counted(30, "minute"),
        Category.EXECUTE: counted(10, "minute"),
        Category.DESTRUCTIVE: None,
        Category.FINANCIAL: ALWAYS,
    },
    Profile.SERVER_PAGE: {
        Category.READ: counted(60, "minute"),
        Category.WRITE: counted(30, "hour"),
        Category.EXECUTE: counted(10, "minute"),
        Category.DESTRUCTIVE: {
            "deny_if": [{"conditions": [], "on_deny": "Tools that delete for good are not open to agents."}]
        },
        Category.FINANCIAL: ALWAYS,
    },
    Profile.STRICT: {
        Category.READ: counted(60, "minute"),
        Category.WRITE: counted(30, "hour"),
        Category.EXECUTE: ASKS,
        Category.DESTRUCTIVE: None,
        Category.FINANCIAL: ASKS,
    },
}


@pytest.mark.parametrize(
    ("profile", "category", "rules"),
    [(profile, category, rules) for profile, row in FORMS.items() for category, rules in row.items()],
)
def test_a_class_gets_the_form_of_its_profile(
    profile: Profile, category: Category, rules: dict[str, Any] | None
) -> None:
    each = rule_for(tool(category=category), profile)
    assert each.rules == rules
    assert each.is_hidden == (rules is None)
    assert not each.doubts


@pytest.mark.parametrize("profile", Profile)
def test_with_approval_by_action_money_asks_for_approval_in_any_profile(profile: Profile) -> None:
    assert rule_for(tool(category=Category.FINANCIAL), profile, approval=Approval.ACTION).rules == ASKS
    other = rule_for(tool(category=Category.DESTRUCTIVE), profile, approval=Approval.ACTION)
    assert other.outcome.rank >= Outcome.DENIED.rank


def test_a_destructive_tool_called_star_is_denied_since_hiding_it_would_hide_every_tool() -> None:
    each = rule_for(tool("*", Category.DESTRUCTIVE), Profile.TOOL_PAGE)
    assert each.outcome is Outcome.DENIED
    assert each.rules == FORMS[Profile.SERVER_PAGE][Category.DESTRUCTIVE]


def test_a_risk_above_the_usual_one_brings_the_rule_of_a_stricter_class() -> None:
    secret = tool(category=Category.READ, risk=Risk.HIGH)
    assert rule_for(secret, Profile.TOOL_PAGE).rules == counted(10, "minute")
    assert rule_for(secret, Profile.STRICT).outcome is Outcome.APPROVAL
    assert rule_for(secret, Profile.STRICT).raised_to is Category.EXECUTE
    assert rule_for(tool(category=Category.WRITE, risk=Risk.CRITICAL), Profile.TOOL_PAGE).rules is None
    assert rule_for(tool(category=Category.READ, risk=Risk.MEDIUM), Profile.TOOL_PAGE).rules == counted(30, "minute")


def test_two_rates_of_different_windows_both_hold() -> None:
    assert rule_for(tool(category=Category.WRITE, risk=Risk.HIGH), Profile.SERVER_PAGE).rules == {
        "limits": [
            {"counter": "t_rate", "max": 30, "window": "hour", "scope": "grant"},
            {"counter": "t_burst", "max": 10, "window": "minute", "scope": "grant"},
        ]
    }


def test_a_risk_below_the_usual_one_changes_nothing() -> None:
    assert rule_for(tool(category=Category.DESTRUCTIVE, risk=Risk.LOW), Profile.TOOL_PAGE).rules is None


def unsure(category: Category, *says: str) -> Any:
    evidence = tuple(Evidence("against", "signals", each) for each in says)
    return tool(category=category, confidence=Confidence.LOW, evidence=evidence)


def test_an_unsure_class_bears_the_rule_of_the_stricter_one_that_its_evidence_names() -> None:
    each = rule_for(unsure(Category.WRITE, "`drop` takes away: Destructive"), Profile.TOOL_PAGE)
    assert each.outcome is Outcome.HIDDEN
    assert [(doubt.category, doubt.because) for doubt in each.doubts] == [
        (Category.DESTRUCTIVE, Because.LOW_CONFIDENCE)
    ]


def test_what_a_server_writes_between_backticks_names_no_class() -> None:
    assert rule_for(unsure(Category.WRITE, "says `Destructive`"), Profile.TOOL_PAGE).rules == counted(30, "minute")


def test_a_tool_that_perhaps_reads_is_counted_as_one_that_writes() -> None:
    assert rule_for(unsure(Category.READ), Profile.TOOL_PAGE).rules == counted(30, "minute")


def test_evidence_against_a_sure_class_changes_nothing() -> None:
    sure = tool(category=Category.READ, confidence=Confidence.HIGH, evidence=(Evidence("against", "x", "Financial"),))
    assert rule_for(sure, Profile.TOOL_PAGE).rules == {}


def test_a_tool_without_a_class_gets_the_strictest_rule_of_all() -> None:
    each = rule_for(tool(category=None), Profile.TOOL_PAGE)
    assert each.outcome is Outcome.HIDDEN
    assert {doubt.because for doubt in each.doubts} == {Because.UNCLASSIFIED}


def reviewed(category: Category, *, seen: str | None = None, **facts: Any) -> Any:
    return tool(category=category, reviewed=Review("ann", "2026-01-01", category, Risk.LOW, "why", seen), **facts)


def test_a_review_settles_what_the_evidence_leaves_open() -> None:
    told = reviewed(Category.READ, confidence=Confidence.LOW, evidence=(Evidence("against", "x", "Financial"),))
    assert rule_for(told, Profile.TOOL_PAGE).rules == {}


def test_a_stale_review_bears_the_stricter_class_of_the_two() -> None:
    evidence = (Evidence("against", "signals", "without the review it would be Destructive"),)
    told = reviewed(Category.READ, seen="sha256:0", confidence=Confidence.LOW, evidence=evidence)
    each = rule_for(told, Profile.TOOL_PAGE)
    assert each.outcome is Outcome.HIDDEN
    assert {doubt.because for doubt in each.doubts} == {Because.STALE_REVIEW}


def test_a_stale_review_is_a_doubt_even_where_it_is_the_stricter_word() -> None:
    each = rule_for(reviewed(Category.FINANCIAL, seen="sha256:0"), Profile.TOOL_PAGE)
    assert each.rules == ALWAYS
    assert {doubt.because for doubt in each.doubts} == {Because.STALE_REVIEW}


def test_strict_opens_private_data_to_a_review_alone() -> None:
    private = frozenset({Tag.PRIVATE_DATA})
    closed = rule_for(tool(tags=private), Profile.STRICT)
    assert closed.rules == {
        "deny_if": [{"conditions": [], "on_deny": "Reads private data, which nobody has reviewed for agents yet."}]
    }
    assert rule_for(reviewed(Category.READ, tags=private), Profile.STRICT).rules == counted(60, "minute")
    assert rule_for(reviewed(Category.READ, tags=private, seen="sha256:0"), Profile.STRICT).outcome is Outcome.DENIED
    assert rule_for(tool(tags=private), Profile.SERVER_PAGE).rules == counted(60, "minute")


def test_strict_holds_a_write_to_the_bounds_of_its_schema() -> None:
    listed = with_arguments(Category.WRITE, {"mode": {"enum": ["a", "b"]}, "force": {"type": "boolean"}}, ["mode"])
    assert rule_for(listed, Profile.STRICT).rules == {
        "require": [{"conditions": [{"path": "args.mode", "op": "in", "value": ["a", "b"]}]}],
        "deny_if": [{"conditions": [{"path": "args.force", "op": "neq", "value": False}]}],
        **counted(30, "hour"),
    }
    assert rule_for(listed, Profile.TOOL_PAGE).rules == counted(30, "minute")


def test_strict_asks_a_person_to_say_what_an_executing_tool_may_run() -> None:
    each = rule_for(with_arguments(Category.EXECUTE, {"command": {"type": "string"}}), Profile.STRICT)
    assert each.rules == {
        **ASKS,
        "require": [
            {
                "conditions": [{"path": "args.command", "op": "in", "value": []}],
                "on_deny": "The policy does not say yet which values are allowed here.",
            }
        ],
    }
    assert each.gap is not None
    assert (each.gap.path, each.gap.kind) == ("args.command", "command")


def test_a_tool_that_is_executing_by_its_risk_alone_has_no_main_argument() -> None:
    each = rule_for(with_arguments(Category.WRITE, {"command": {"type": "string"}}, risk=Risk.HIGH), Profile.STRICT)
    assert each.gap is None
    assert each.outcome is Outcome.APPROVAL
