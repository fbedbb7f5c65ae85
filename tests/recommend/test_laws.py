"""What holds for the recommended policy of any catalog whatsoever."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyctl.fmt.file import format_file
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Verdict
from policyctl.recommend.compose import compose, recommend
from policyctl.recommend.profile import Approval, Outcome, Profile
from policyctl.report.policy import json_, yaml_

from .listed import catalogs, document_of, in_force, policy_of, texts, verdict

_FEW = settings(max_examples=80)
_arguments = st.dictionaries(
    st.one_of(texts, st.sampled_from(["command", "url", "force", "amount"])),
    st.one_of(st.booleans(), st.integers(), texts, st.none()),
    max_size=3,
)


@_FEW
@given(catalogs(), st.sampled_from(Profile), st.sampled_from(Approval))
def test_the_policy_is_valid_and_in_canonical_form_and_the_same_in_json_and_yaml(
    listed: Catalog, profile: Profile, approval: Approval
) -> None:
    document = compose(recommend(listed, profile, approval=approval))
    reasons = {name: (f"why {name}\n{name}", name) for name in listed.tools}
    texts = {
        "p.json": json_.render(document),
        "p.yaml": yaml_.render(document, head=["a\nb", *listed.tools], reasons=reasons),
    }
    for name, text in texts.items():
        assert document_of(text, name).data == document
        formatted = format_file(name, text.encode())
        assert (formatted.outcome, formatted.after) == ("unchanged", text)
        assert all(line.isprintable() for line in text.split("\n"))


@_FEW
@given(catalogs(), st.sampled_from(Profile), st.sampled_from(Approval), _arguments)
def test_each_tool_is_decided_as_its_recommendation_says(
    listed: Catalog, profile: Profile, approval: Approval, args: dict[str, Any]
) -> None:
    gateway = in_force(listed, profile, approval)
    for each in recommend(listed, profile, approval=approval):
        found = verdict(gateway, each.tool.name, **args)
        match each.outcome:
            case Outcome.OPEN:
                assert found is Verdict.ALLOW
            case Outcome.LIMITED:
                bounded = {"require", "deny_if"} & (each.rules or {}).keys()
                assert found is Verdict.ALLOW or (bounded and found is Verdict.DENY)
            case Outcome.APPROVAL:
                assert found is not Verdict.ALLOW
            case Outcome.DENIED | Outcome.HIDDEN:
                assert found is Verdict.DENY
        assert each.gap is None or found is Verdict.DENY
        assert (gateway.policy.hide.count(each.tool.name) == 1) == (each.outcome is Outcome.HIDDEN)
    assert verdict(gateway, "no such tool, surely", **args) is Verdict.DENY


@_FEW
@given(catalogs(), st.sampled_from(Approval), _arguments)
def test_no_profile_allows_a_call_that_a_milder_one_denies(
    listed: Catalog, approval: Approval, args: dict[str, Any]
) -> None:
    mild, middle, strict = (in_force(listed, profile, approval) for profile in Profile)
    for name in listed.tools:
        verdicts = [verdict(gateway, name, **args) for gateway in (mild, middle, strict)]
        allowed = [found is Verdict.ALLOW for found in verdicts]
        assert allowed == sorted(allowed, reverse=True)


@_FEW
@given(catalogs(), st.sampled_from(Profile))
def test_no_two_limits_of_a_policy_share_a_counter(listed: Catalog, profile: Profile) -> None:
    policy = policy_of(json_.render(compose(recommend(listed, profile))))
    counters = [limit.counter for rules in policy.tools.values() for limit in rules.limits]
    assert len(counters) == len(set(counters))


@_FEW
@given(catalogs(), st.sampled_from(Profile), st.randoms(use_true_random=False))
def test_the_order_in_which_a_server_lists_its_tools_changes_nothing(
    listed: Catalog, profile: Profile, random: Any
) -> None:
    shuffled = list(listed.tools.values())
    random.shuffle(shuffled)
    again = Catalog("1", "s", "S", tools={each.name: each for each in shuffled})
    assert json_.render(compose(recommend(again, profile))) == json_.render(compose(recommend(listed, profile)))


@pytest.mark.parametrize("profile", Profile)
def test_a_catalog_without_tools_gives_a_policy_that_allows_nothing(profile: Profile) -> None:
    listed = Catalog("1", "s", "S")
    assert compose(recommend(listed, profile)) == {"version": "1", "default": "deny", "tools": {}}
