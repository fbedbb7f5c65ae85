"""How a rule is loosened or tightened: what is proposed is a valid rule, and does what is said of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.engine.gateway import Gateway
from policyctl.model.catalog import Catalog, Category
from policyctl.model.decision import Verdict
from policyctl.recommend.compose import recommend
from policyctl.recommend.profile import Outcome, Profile
from policyctl.recommend.rule import rule_for

from .listed import catalogs, policy_of, tool, verdict, with_arguments

AMOUNT = {"amount": {"type": "number"}}


def ruled(rules: Any) -> Gateway:
    return Gateway(policy_of(json.dumps({"version": "1", "default": "deny", "tools": {"t": rules}})))


@settings(max_examples=80)
@given(catalogs(), st.sampled_from(Profile))
def test_every_proposal_is_a_valid_rule(listed: Catalog, profile: Profile) -> None:
    for each in recommend(listed, profile):
        for step in (*each.loosen, *each.tighten):
            if step.rules is not None:
                ruled(step.rules)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("category", Category)
def test_there_is_a_way_in_each_direction_except_at_the_ends(category: Category, profile: Profile) -> None:
    each = rule_for(tool(category=category), profile)
    assert bool(each.loosen) is (each.outcome is not Outcome.OPEN)
    assert bool(each.tighten) is (each.outcome is not Outcome.HIDDEN)


def test_money_is_let_through_in_small_amounts_and_no_more_of_them_a_day_than_is_said() -> None:
    each = rule_for(with_arguments(Category.FINANCIAL, AMOUNT), Profile.TOOL_PAGE)
    gateway = ruled(each.loosen[1].rules)
    assert [verdict(gateway, "t", amount=amount) for amount in (0, 101, "5", 100)] == [Verdict.DENY] * 3 + [
        Verdict.ALLOW
    ]
    assert [verdict(gateway, "t", amount=100) for _ in range(5)] == [Verdict.ALLOW] * 4 + [Verdict.DENY]


def test_an_amount_that_is_a_text_is_not_compared() -> None:
    each = rule_for(with_arguments(Category.FINANCIAL, {"amount": {"type": "string"}}), Profile.TOOL_PAGE)
    assert [step.words for step in each.loosen] == ["let a person approve each call"]


def test_a_skeleton_is_loosened_by_an_example_that_lets_something_through() -> None:
    each = rule_for(with_arguments(Category.EXECUTE, {"command": {"type": "string"}}), Profile.STRICT)
    first, last = each.loosen
    assert verdict(ruled(first.rules), "t", command="git status") is Verdict.APPROVAL
    assert verdict(ruled(last.rules), "t", command="git status") is Verdict.ALLOW
    assert verdict(ruled(last.rules), "t", command="rm -rf /") is Verdict.DENY


def test_a_tool_that_can_rehearse_can_be_held_to_that() -> None:
    each = rule_for(with_arguments(Category.WRITE, {"dry_run": {"type": "boolean"}}), Profile.TOOL_PAGE)
    (rehearsing,) = (step.rules for step in each.tighten if "rehearse" in step.words)
    assert verdict(ruled(rehearsing), "t", dry_run=True) is Verdict.ALLOW
    assert verdict(ruled(rehearsing), "t") is Verdict.DENY
