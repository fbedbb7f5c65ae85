"""No call of a dense sample contradicts a verdict, and every call that is shown is real."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from policyctl.cells.trial import call_of, decide_first
from policyctl.cells.truth import is_true
from policyctl.check.result import Outcome
from policyctl.check.run import check
from policyctl.model.assertion import Kind
from policyctl.model.decision import Verdict
from policyctl.model.policy import Condition, Policy
from tests.cells import brute
from tests.check.written import assertions_of
from tests.engine.build import policy_of

KINDS = [kind for kind in Kind if kind is not Kind.AT_MOST]
CASES, MOST_CALLS = 200, 200


def worlds(seed: int) -> Iterator[tuple[Policy, list[dict[str, Any]], Random]]:
    """Policies of one tool, each with conditions of an assertion."""
    for number in range(CASES):
        random = Random(f"{seed}/{number}")
        rules = brute.rules(random)
        if random.random() < 0.4:
            rules["action"] = "require_approval"
        if random.random() < 0.3:
            rules["limits"] = [
                {"counter": "c", "max": random.choice([1, 2, 1.5]), "window": "day", "amount_from": "args.a"}
            ]
        when = [brute.condition(random, brute.PATHS) for _ in range(random.randrange(3))]
        yield policy_of({"tools": {"t": rules}}), when, random


def breaks(kind: Kind, policy: Policy, args: dict[str, Any]) -> bool:
    """Whether one call shows that an assertion does not hold; of `can_allow`, whether it shows that it does."""
    alone, approved = (decide_first(policy, call_of("t", args), is_approved=each).verdict for each in (False, True))
    match kind:
        case Kind.NEVER_ALLOW | Kind.CAN_ALLOW:
            return approved is Verdict.ALLOW
        case Kind.ALWAYS_DENY:
            return alone is not Verdict.DENY
        case Kind.NEEDS_APPROVAL:
            return alone is Verdict.ALLOW
        case _:
            return alone is not Verdict.ALLOW


@pytest.mark.parametrize("kind", KINDS)
def test_verdicts_agree_with_a_dense_sample_of_calls(kind: Kind) -> None:
    seen = dict.fromkeys(Outcome, 0)
    for policy, when, random in worlds(5):
        assertions = assertions_of({kind.value: {"tool": "t"}, "when": when})
        conditions = assertions.entries[0].when
        (found,) = check(policy, None, assertions).verdicts
        seen[found.outcome] += 1
        sample = [args for args in calls(random, policy, conditions) if meets(args, conditions)]
        broken = [args for args in sample if breaks(kind, policy, args)]
        for breach in found.breaches:
            assert meets(breach.call.args, conditions)
            if kind is not Kind.CAN_ALLOW:
                assert breaks(kind, policy, breach.call.args)
        match found.outcome:
            case Outcome.CHECKS_NOTHING:
                assert not sample
            case Outcome.UNDETERMINED:
                pytest.fail(f"no pattern of this world is out of reach: {found.reasons}")
            case _:
                # Of `can_allow` a call proves that it holds, of all others that it fails.
                if broken:
                    assert found.outcome is (Outcome.HOLDS if kind is Kind.CAN_ALLOW else Outcome.FAILS), broken[0]
    assert min(seen[Outcome.HOLDS], seen[Outcome.FAILS]) > CASES // 20, seen


def meets(args: Any, conditions: tuple[Condition, ...]) -> bool:
    return all(is_true(condition, args) for condition in conditions)


def calls(random: Random, policy: Policy, when: tuple[Condition, ...]) -> Iterator[dict[str, Any]]:
    asked = [*brute.conditions_of(policy.tools["t"]), *when]
    yield {}
    yield from brute.calls(random, asked, MOST_CALLS)
