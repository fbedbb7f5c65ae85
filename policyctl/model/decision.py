"""What a policy says about one call."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policyctl.model.policy import Limit


class Verdict(StrEnum):
    """The four answers; the last one is given where the record does not say enough, never as a guess."""

    ALLOW = "allow"
    DENY = "deny"
    APPROVAL = "approval"
    UNDETERMINED = "undetermined"


#: Causes of an undetermined verdict in the order in which the first one is named; some carry `:<pointer>`.
CAUSES = (
    "arguments-absent",
    "arguments-hashed",
    "arguments-unparseable",
    "argument-redacted",
    "arguments-keys-only",
    "no-time",
    "no-subject",
    "usage-unknown",
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason why a step is unknown, and the fact whose record would settle it.

    `cause` is one of `CAUSES`, `fact` an argument path (`args.amount`) or a field (`ts`, `grant`, `session`), or None
    where the missing fact belongs to another call.
    """

    cause: str
    fact: str | None

    @property
    def sort_key(self) -> tuple[int, str]:
        """By rank of the cause, then by its pointer."""
        return (CAUSES.index(self.cause.partition(":")[0]), self.cause)


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """The answer for one call, equal only to itself, so that a replay can count decisions by identity.

    `rule` is what the gateway logs, "" when allowed; `pointer` the place in the policy, None when allowed or undetermined;
    `message` what the agent is told, "" when allowed. `limits` are those the call reached: it counts against them if it
    is allowed, may count if it is undetermined, and found no room in them if it is denied.
    """

    verdict: Verdict
    rule: str = ""
    message: str = ""
    pointer: str | None = None
    limits: tuple[Limit, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def causes(self) -> tuple[str, ...]:
        """Why the verdict is undetermined, the first that applies in front."""
        return tuple(dict.fromkeys(doubt.cause for doubt in self.doubts))

    @property
    def content(self) -> tuple[Verdict, str, str, str | None, tuple[str, ...], tuple[str, ...]]:
        """What two equal answers share, for comparisons by value."""
        limits = tuple(limit.pointer for limit in self.limits)
        return (self.verdict, self.rule, self.message, self.pointer, limits, self.causes)
