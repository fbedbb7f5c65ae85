"""A profile says what is measured, what is estimated and what is not known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from policyctl.replay.costs import RuleCost
from policyctl.replay.sampling import Sampler, Stage
from policyctl.report.simulate.profile import Profile, render


@pytest.fixture
def profile() -> Profile:
    """A run that took a second and a half."""
    sampler = Sampler()
    sampler.before, sampler.processor, sampler.clock, sampler.samples = 0.16, 1.3, 1.41, 320
    sampler.seconds |= {
        Stage.READING: 0.1,
        Stage.DECODING: 0.5,
        Stage.DECIDING: 0.2,
        Stage.LIMITS: 0.28,
        Stage.COUNTING: 0.2,
    }
    costs = tuple(
        RuleCost("policy.json", f"/tools/pay/{place}", f"/tools/pay/{rule}", reached, seconds)
        for place, rule, reached, seconds in (
            ("require/0", "require/args.to-regex", 1_000, 1.7e-6),
            ("deny_if/0", "deny_if/args.amount-gt+args.to-exists", 900, 0.2e-6),
        )
    )
    return Profile(sampler, 0.02, 200_000, costs, 5_000)


def test_stages_come_in_their_order_and_the_dearest_rules_behind(profile: Profile, printed: SnapshotAssertion) -> None:
    assert render(profile) == printed


def test_the_stages_add_up_to_all_of_the_processor_time(profile: Profile) -> None:
    rows = [
        line.split(" s ")[0].split()[-1] for line in render(profile).splitlines() if line.endswith("%") or "%  " in line
    ]
    assert sum(map(float, rows)) == pytest.approx(0.16 + 1.3 + 0.02)


def test_what_other_threads_used_is_not_given_to_a_stage(profile: Profile) -> None:
    profile.sampler.processor = 2.0
    assert "  unknown               0.720 s" in render(profile)


def test_a_replay_that_nobody_saw_is_not_made_up(profile: Profile) -> None:
    profile.sampler.samples, profile.sampler.processor = 0, 0.001
    profile.sampler.seconds = dict.fromkeys(Stage, 0.0)
    text = render(profile)
    assert "the replay was over before there was a look at it" in text
    assert not [stage for stage in Stage if f"  {stage.value} " in text]


def test_rules_that_nobody_can_time_are_said_to_be_unknown(profile: Profile) -> None:
    assert "costs of rules are not known" in render(replace(profile, costs=None, calls=0))
    assert "no condition on arguments was reached" in render(replace(profile, costs=(), calls=10))


def test_rules_of_several_policies_name_theirs_and_names_are_disarmed(profile: Profile) -> None:
    assert profile.costs is not None
    hostile = replace(profile.costs[0], policy="other\x1b[31m.json")
    text = render(replace(profile, costs=(hostile, *profile.costs)))
    assert "  other\\u001b[31m.json#/tools/pay/require/0  args.to-regex\n" in text
    assert "  policy.json#/tools/pay/require/0  args.to-regex\n" in text


def test_the_rest_of_many_rules_is_one_line(profile: Profile) -> None:
    assert profile.costs is not None
    many = tuple(replace(profile.costs[0], pointer=f"/tools/t{number}/require/0") for number in range(13))
    last = render(replace(profile, costs=many)).splitlines()[-1]
    assert last.split() == ["204.00", "ms", "3", "other", "rules"]
