"""Where rules by hand let through what recommended ones do not: exactly, and with a call that shows it."""

from __future__ import annotations

import pytest

from policyctl.cli.comparing import with_comparison, with_weaker
from policyctl.diff.result import Relation, SequenceWitness
from policyctl.model.catalog import Catalog, Category
from policyctl.recommend.compose import compose, recommend
from policyctl.recommend.merge import merge, merged_data
from policyctl.recommend.profile import Profile
from policyctl.report.policy import json_
from policyctl.report.recommend.result import Advice
from tests.recommend.listed import catalog, document_of, policy_of, tool

LISTED = catalog(
    tool("read"),
    tool("write", Category.WRITE, input_schema={"properties": {"m": {"enum": [1]}}}),
    tool("delete", Category.DESTRUCTIVE),
    tool("pay", Category.FINANCIAL),
)


def advice(text: str, listed: Catalog = LISTED, profile: Profile = Profile.TOOL_PAGE) -> Advice:
    found = recommend(listed, profile)
    merging = merge(policy_of(text, "p.yaml"), document_of(text, "p.yaml").data, found)
    return with_weaker(Advice(listed, found, merged_data(merging), merging))


def by_hand(name: str, rules: str) -> str:
    return f'{{version: "1", default: deny, tools: {{{name}: {rules}}}}}'


@pytest.mark.parametrize(
    ("name", "rules", "is_weaker"),
    [
        ("read", "{action: deny}", False),
        ("read", "{limits: [{counter: c, max: 1, window: day}]}", False),
        ("write", "{}", True),
        ("write", "{limits: [{counter: c, max: 30, window: minute}]}", False),
        ("write", "{limits: [{counter: c, max: 30, window: hour}]}", False),
        ("write", "{limits: [{counter: c, max: 2, window: 2}]}", True),
        ("write", "{limits: [{counter: c, max: 31, window: minute}]}", True),
        ("write", "{limits: [{counter: c, max: 1, window: minute, scope: session}]}", True),
        ("write", "{deny_if: [{conditions: []}]}", False),
        ("delete", "{deny_if: [{conditions: []}]}", False),
        ("delete", "{action: require_approval}", True),
        ("pay", "{require: [{conditions: [{path: args.a, op: lt, value: 5}]}]}", True),
        ("pay", "{require: [{conditions: [{path: args.a, op: in, value: []}]}]}", False),
    ],
)
def test_a_rule_by_hand_is_weaker_if_some_calls_get_further_by_it(name: str, rules: str, is_weaker: bool) -> None:
    assert [change.name for change in advice(by_hand(name, rules)).weaker] == ([name] if is_weaker else [])


def test_bounds_that_strict_asks_for_are_missed_where_they_are_not_written() -> None:
    limited = "limits: [{counter: c, max: 30, window: hour}]"
    bounded = f"{{deny_if: [{{conditions: [{{path: args.m, op: neq, value: 1}}]}}], {limited}}}"
    assert advice(by_hand("write", f"{{{limited}}}"), profile=Profile.STRICT).weaker
    # Said in other words, and the same.
    assert not advice(by_hand("write", bounded), profile=Profile.STRICT).weaker


def test_a_limit_is_shown_to_be_weaker_by_as_many_calls_as_it_takes() -> None:
    (change,) = advice(by_hand("write", "{}")).weaker
    assert isinstance(change.wider, SequenceWitness)
    assert change.wider.count == 31


def test_a_limit_of_all_tools_counts_too() -> None:
    all_tools = "all_tools: {limits: [{counter: c, max: 30, window: minute}]}"
    assert not advice(f'{{version: "1", default: deny, {all_tools}, tools: {{write: {{}}}}}}').weaker


def test_a_name_that_is_hidden_by_hand_is_never_weaker() -> None:
    assert not advice('{version: "1", default: allow, hide: [read, write, delete, pay]}').weaker


def test_the_policy_in_force_beside_itself_is_equal() -> None:
    found = recommend(LISTED, Profile.TOOL_PAGE)
    document = compose(found)
    compared = with_comparison(Advice(LISTED, found, document), policy_of(json_.render(document)))
    assert compared.against is not None
    assert (compared.against.relation, compared.against.entries) == (Relation.EQUAL, ())
