"""What the rules of logic say about random policies, held against the reference evaluator on many calls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from policyctl.diagnostic import Diagnostic
from policyctl.lint.fix import Mender
from policyctl.lint.rules.apr.unreachable_approval import UnreachableApproval
from policyctl.lint.run import lint
from policyctl.lint.subject import Subject
from policyctl.lint.table import BY_FAMILY
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Policy
from tests.cells.brute import calls, conditions_of, rules
from tests.engine.build import Reference
from tests.lint.examples import subject

LOGIC = BY_FAMILY["LOG"].listed
POLICIES = 250
CALLS = 40
#: Findings that say that every call is denied.
SHUT = ("is always denied", "is denied, by")


@dataclass(frozen=True)
class Judged:
    """A random policy, what is said of it, and calls to try it with."""

    subject: Subject
    found: tuple[Diagnostic, ...]
    tried: list[dict[str, Any]]


def judged(seed: int, **more: Any) -> Iterator[Judged]:
    random = Random(seed)
    for _ in range(POLICIES):
        written = subject(json.dumps({"version": "1", "default": "deny", "tools": {"t": {**more, **rules(random)}}}))
        linted = lint(written, (*LOGIC, UnreachableApproval()))
        assert not linted.crashes
        conditions = conditions_of(written.policy.tools["t"])
        yield Judged(written, linted.diagnostics, list(calls(random, conditions, CALLS)))


def decide(policy: Policy, args: dict[str, Any]) -> Decision:
    return Reference(policy).admit(Call(tool="t", args=args))


@pytest.mark.parametrize("seed", range(2))
def test_safe_fixes_change_no_verdict_also_all_together(seed: int) -> None:
    mended = 0
    mender = Mender(lambda text: lint(subject(text), LOGIC).diagnostics, lambda *_: True)
    for each in judged(seed):
        fixed = mender.mend(each.subject.document.text)
        mended += len(fixed.mended)
        after = subject(fixed.text).policy
        for args in each.tried if fixed.mended else ():
            old, new = decide(each.subject.policy, args), decide(after, args)
            assert old.verdict is new.verdict, (each.subject.document.text, fixed.text, args)
    assert mended > 20


@pytest.mark.parametrize("seed", range(2))
def test_what_is_said_to_be_always_denied_is(seed: int) -> None:
    shut = 0
    for each in judged(100 + seed):
        if any(words in found.message for found in each.found for words in SHUT):
            shut += 1
            verdicts = {decide(each.subject.policy, args).verdict for args in each.tried}
            assert verdicts == {Verdict.DENY}, each.subject.document.text
    assert shut > 5


@pytest.mark.parametrize("seed", range(2))
def test_no_person_is_asked_where_none_is_said_to_be(seed: int) -> None:
    unreached = 0
    for each in judged(200 + seed, action="require_approval"):
        if any(found.code == "APR03" for found in each.found):
            unreached += 1
            verdicts = {decide(each.subject.policy, args).verdict for args in each.tried}
            assert verdicts == {Verdict.DENY}, each.subject.document.text
    assert unreached > 2


@pytest.mark.parametrize("seed", range(2))
def test_a_denial_that_is_said_never_to_be_due_denies_nothing(seed: int) -> None:
    idle = 0
    for each in judged(300 + seed):
        for found in each.found:
            if (
                found.code in {"LOG03", "LOG10"}
                and "/deny_if/" in (found.pointer or "")
                and "beside" not in found.message
            ):
                idle += 1
                place = "/".join((found.pointer or "").split("/")[:5])
                decisions = [decide(each.subject.policy, args) for args in each.tried]
                assert all(decision.pointer != place for decision in decisions), (each.subject.document.text, place)
    assert idle > 5
