"""How far a policy lets agents come with a tool, whatever the arguments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from policyctl.engine.decide import Consent, Room, decide
from policyctl.engine.record import Record
from policyctl.engine.truth import Truth
from policyctl.model.args_state import ArgsState
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.model.policy import Limit, Policy, ToolRules


class Reach(IntEnum):
    """What calls of a tool can come to, least first."""

    DENIED = 0
    ASKED = 1
    PARTLY = 2
    ALLOWED = 3


_REACH = {
    Verdict.DENY: Reach.DENIED,
    Verdict.APPROVAL: Reach.ASKED,
    Verdict.UNDETERMINED: Reach.PARTLY,
    Verdict.ALLOW: Reach.ALLOWED,
}


class _Unused:
    """Nothing is used up and nobody has approved anything: what a policy allows at most without a person."""

    def room(self, limit: Limit, record: Record) -> Room:  # noqa: ARG002 - the protocol's names
        """Every limit has room."""
        return Room(Truth.TRUE)

    def consent(self, record: Record, tool: str) -> Consent:  # noqa: ARG002 - the protocol's names
        """No approval is on record."""
        return Consent(Truth.FALSE)


@dataclass(frozen=True, slots=True)
class Posture:
    """A policy, or none: then every tool that a server lists can be called."""

    policy: Policy | None

    def reach(self, tool: str) -> Reach:
        """What the reference evaluator says of a call of which only the tool is known."""
        if self.policy is None:
            return Reach.ALLOWED
        call = Call(tool=tool, args_state=ArgsState.HASHED.value)
        return _REACH[decide(self.policy, call, _Unused()).verdict]

    def rules(self, tool: str) -> ToolRules:
        """What the policy says about the tool; nothing if it does not list it."""
        listed = None if self.policy is None else self.policy.tools.get(tool)
        return listed or ToolRules(tool)

    def guards(self, tool: str) -> int:
        """How many conditions and limits of its own a tool has."""
        rules = self.rules(tool)
        return len(rules.require) + len(rules.deny_if) + len(rules.limits) + (rules.rate_limit is not None)

    def words(self, tool: str) -> str:
        """How it is, to end a sentence with."""
        if self.policy is None:
            return "no policy was given that denies it"
        match self.reach(tool):
            case Reach.DENIED:
                return "the policy denies it"
            case Reach.ASKED:
                return "the policy asks a person"
            case Reach.PARTLY:
                return "the policy allows it under conditions"
            case Reach.ALLOWED if tool in self.policy.tools:
                return "the policy allows it"
            case _:
                return "the policy allows it by its default"
