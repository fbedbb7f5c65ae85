"""Every consequence of a drift, under a policy or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policyctl.catalog.drift import Change, Drift
from policyctl.catalog.grading.arguments import blind_denial, new_argument, new_values, unmet_requirement
from policyctl.catalog.grading.definitions import changed_definition, changed_under_review, deceptive_text
from policyctl.catalog.grading.finding import Finding
from policyctl.catalog.grading.posture import Posture
from policyctl.catalog.grading.tools import (
    dead_rule,
    lowered_class,
    new_tool,
    raised_class,
    removed_tool,
    renamed_tool,
)
from policyctl.model.policy import Policy

#: In the order of their codes.
RULES: tuple[Callable[[Change, Posture], Iterator[Finding]], ...] = (
    new_tool,
    removed_tool,
    renamed_tool,
    dead_rule,
    raised_class,
    lowered_class,
    changed_under_review,
    blind_denial,
    unmet_requirement,
    changed_definition,
    new_argument,
    deceptive_text,
    new_values,
)


def grade(drift: Drift, policy_of: Callable[[str], Policy | None]) -> Iterator[Finding]:
    """What each change comes to under the policy of its server. Without one every tool counts as allowed."""
    for change in drift.changes:
        posture = Posture(policy_of(change.server))
        for rule in RULES:
            yield from rule(change, posture)
