"""What becomes of one call if another policy decides it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from policyctl.model.decision import Decision, Verdict


class Change(StrEnum):
    """From the verdict of the base policy to that of the new one; those that matter most come first."""

    NEWLY_ALLOWED = "newly-allowed"
    APPROVAL_REMOVED = "approval-removed"
    NEWLY_DENIED = "newly-denied"
    APPROVAL_ADDED = "approval-added"
    RULE_CHANGED = "rule-changed"
    UNDETERMINED = "undetermined"
    UNCHANGED = "unchanged"

    @property
    def is_of_verdict(self) -> bool:
        """Whether the agent surely gets another verdict than before."""
        return self in _OF_VERDICT


_OF_VERDICT = frozenset(
    {Change.NEWLY_ALLOWED, Change.APPROVAL_REMOVED, Change.NEWLY_DENIED, Change.APPROVAL_ADDED},
)
_CHANGES: Mapping[tuple[Verdict, Verdict], Change] = {
    (Verdict.DENY, Verdict.ALLOW): Change.NEWLY_ALLOWED,
    (Verdict.APPROVAL, Verdict.ALLOW): Change.APPROVAL_REMOVED,
    (Verdict.ALLOW, Verdict.DENY): Change.NEWLY_DENIED,
    (Verdict.APPROVAL, Verdict.DENY): Change.NEWLY_DENIED,
    (Verdict.ALLOW, Verdict.APPROVAL): Change.APPROVAL_ADDED,
    (Verdict.DENY, Verdict.APPROVAL): Change.APPROVAL_ADDED,
}


def change_between(old: Decision, new: Decision) -> Change:
    """The change; a rule is the same if a gateway logs the same name, since places of rules move in a document."""
    if Verdict.UNDETERMINED in {old.verdict, new.verdict}:
        return Change.UNDETERMINED
    if old.verdict is new.verdict:
        return Change.UNCHANGED if old.rule == new.rule else Change.RULE_CHANGED
    return _CHANGES[old.verdict, new.verdict]


class Standing(StrEnum):
    """How much a change of verdict is worth, given what changed before it in its session.

    After the first one the agent would have gone on differently, so that the record of that session shows no more what it
    would have done. Of a call without a session nobody knows what it follows.
    """

    OBSERVED = "observed"
    HYPOTHETICAL = "hypothetical"
    NO_SESSION = "no-session"
