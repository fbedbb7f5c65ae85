"""Bounds on what may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyctl.model.threshold import Threshold
from policyctl.simulate.compare.change import Change
from policyctl.simulate.gates import FAILED, at_most
from policyctl.simulate.result import GateResult


@dataclass(frozen=True, slots=True)
class ChangeBounds:
    """What the user set; None sets no bound. `max_changed` is about verdicts, in whatever direction."""

    max_newly_allowed: Threshold | None = None
    max_approval_removed: Threshold | None = None
    max_newly_denied: Threshold | None = None
    max_approval_added: Threshold | None = None
    max_changed: Threshold | None = None


#: Nothing bounded.
NO_CHANGE_BOUNDS = ChangeBounds()


def check_changes(bounds: ChangeBounds, calls: dict[Change, int]) -> Iterator[GateResult]:
    """Each bound that is set, held against how many calls change in each way."""
    total = sum(calls.values())
    changed = {change for change in Change if change.is_of_verdict}
    bounded = (
        ("max-newly-allowed", bounds.max_newly_allowed, {Change.NEWLY_ALLOWED}),
        ("max-approval-removed", bounds.max_approval_removed, {Change.APPROVAL_REMOVED}),
        ("max-newly-denied", bounds.max_newly_denied, {Change.NEWLY_DENIED}),
        ("max-approval-added", bounds.max_approval_added, {Change.APPROVAL_ADDED}),
        ("max-changed", bounds.max_changed, changed),
    )
    for name, bound, counted in bounded:
        if bound is not None:
            yield at_most(name, bound, sum(calls[change] for change in counted), total, code=FAILED)
