"""What becomes of a call, by what both policies say about it."""

from __future__ import annotations

from itertools import product

import pytest

from policyctl.model.decision import Decision, Verdict
from policyctl.simulate.compare.change import Change, change_between

ALLOW, DENY, APPROVAL, UNDETERMINED = Verdict


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (DENY, ALLOW, Change.NEWLY_ALLOWED),
        (APPROVAL, ALLOW, Change.APPROVAL_REMOVED),
        (ALLOW, DENY, Change.NEWLY_DENIED),
        (APPROVAL, DENY, Change.NEWLY_DENIED),
        (ALLOW, APPROVAL, Change.APPROVAL_ADDED),
        (DENY, APPROVAL, Change.APPROVAL_ADDED),
    ],
)
def test_each_way_from_verdict_to_verdict_has_one_name(old: Verdict, new: Verdict, change: Change) -> None:
    found = change_between(Decision(old, "r"), Decision(new, "s"))
    assert (found, found.is_of_verdict) == (change, True)


def test_every_other_pair_is_no_change_of_the_verdict() -> None:
    for old, new in product(Verdict, Verdict):
        change = change_between(Decision(old), Decision(new))
        assert change.is_of_verdict is (old is not new and UNDETERMINED not in {old, new})
        assert (change is Change.UNDETERMINED) is (UNDETERMINED in {old, new})
        assert (change is Change.UNCHANGED) is (old is new is not UNDETERMINED)


def test_a_rule_is_another_one_by_its_name_and_not_by_its_place_or_message() -> None:
    base = Decision(DENY, "/tools/pay/require/args.amount-lte", "at most 5", "/tools/pay/require/0")
    moved = Decision(DENY, "/tools/pay/require/args.amount-lte", "at most 9", "/tools/pay/require/1")
    other = Decision(DENY, "/tools/pay/action", "at most 5", "/tools/pay/action")
    assert change_between(base, moved) is Change.UNCHANGED
    assert change_between(base, other) is Change.RULE_CHANGED
