"""Policies that want to confuse: no call of a sample contradicts a comparison, and every witness was decided."""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest

from policyctl.cells.stand import HEIGHT
from policyctl.cells.trial import call_of, decide_first
from policyctl.diff.compare import compare
from policyctl.diff.result import PolicyDiff, Relation, SequenceWitness, Side, Unproven
from policyctl.engine.gateway import Gateway
from policyctl.model.call import Approval
from policyctl.model.decision import Verdict
from policyctl.model.policy import Policy
from tests.engine import hostile
from tests.engine.build import policy_of

#: POLICYCTL_TEST_POLICIES=20000 makes the long run.
POLICIES = int(os.environ.get("POLICYCTL_TEST_POLICIES", "400"))
CALLS = 40


def drawn(seed: int) -> tuple[Policy, Policy, Random]:
    random = Random(seed)
    old, new = hostile.policy(random), hostile.policy(random)
    if random.random() < 0.5:
        # A small change of the same policy.
        changed = random.choice(list(old["tools"]))
        new = {**old, "tools": {**old["tools"], changed: random.choice(list(new["tools"].values()))}}
    return policy_of(old), policy_of(new), random


def side_of(diff: PolicyDiff, tool: str, *, rises: bool) -> Side:
    named = {change.name: change for change in diff.changes}
    policies = (diff.old, diff.new)
    is_named = any(tool in policy.tools or tool in policy.hide for policy in policies)
    change = named.get(tool) if is_named else diff.others
    return None if change is None else (change.wider if rises else change.narrower)


@pytest.mark.parametrize("part", range(4))
def test_no_call_contradicts_the_comparison_of_hostile_policies(part: int) -> None:
    relations = set()
    for seed in range(part * POLICIES // 4, (part + 1) * POLICIES // 4):
        old, new, random = drawn(seed)
        diff = compare(old, new)
        relations.add(diff.relation)
        for _ in range(CALLS):
            tool, args = random.choice(hostile.TOOLS), _whole(hostile.arguments(random))
            for is_approved in (False, True):
                before, after = (
                    HEIGHT[decide_first(policy, call_of(tool, args), is_approved=is_approved).verdict]
                    for policy in (old, new)
                )
                if before != after:
                    assert side_of(diff, tool, rises=after > before) is not None, (seed, tool, args, is_approved)
    assert len(relations) > 3


def _whole(value: Any) -> Any:
    """Halves of surrogate pairs are no JSON, so that no call has them."""
    match value:
        case dict():
            return {key: _whole(member) for key, member in value.items()}
        case list():
            return [_whole(element) for element in value]
        case str():
            return value.encode("utf-8", "replace").decode()
        case _:
            return value


def test_a_sequence_is_admitted_by_one_policy_and_not_by_the_other() -> None:
    found = 0
    for seed in range(POLICIES // 4):
        old, new, _ = drawn(seed)
        for change in compare(old, new).entries:
            for side, admits, refuses in ((change.wider, new, old), (change.narrower, old, new)):
                if isinstance(side, SequenceWitness) and side.count <= 100:
                    found += 1
                    assert _verdicts(admits, side) == {Verdict.ALLOW}
                    assert _verdicts(refuses, side) != {Verdict.ALLOW}
    assert found > POLICIES // 20


def _verdicts(policy: Policy, witness: SequenceWitness) -> set[Verdict]:
    """What the compiled engine says of every call; the sequence says whose they are only up to a scope."""
    import msgspec

    from policyctl.cells.trial import approval_for

    gateway = Gateway(policy)
    verdicts, number = set(), 0
    for burst in witness.bursts:
        for _ in range(burst.count):
            number += 1
            own = {"session" if witness.subject == "grant" else "grant": f"own-{number}"}
            call = msgspec.structs.replace(burst.call, **own)
            if witness.is_approved:
                approval: Approval = approval_for(call, number)
                gateway.approve(approval, call.tool, None)
            verdicts.add(gateway.admit(call).verdict)
    return verdicts


def test_a_policy_is_equal_to_itself() -> None:
    for seed in range(POLICIES // 4):
        old, _, _ = drawn(seed)
        diff = compare(old, old)
        assert (diff.entries, diff.relation) == ((), Relation.EQUAL)


def test_the_two_directions_mirror_each_other() -> None:
    for seed in range(POLICIES // 4):
        old, new, _ = drawn(seed)
        there, back = compare(old, new), compare(new, old)
        for one, other in zip(there.entries, back.entries, strict=True):
            for side, mirrored in ((one.wider, other.narrower), (one.narrower, other.wider)):
                assert type(side) is type(mirrored)
                if side is not None and not isinstance(side, Unproven):
                    assert not isinstance(mirrored, Unproven | None)
                    assert side.call.args == mirrored.call.args
