"""Calls tried out under a policy by the engine: no witness is shown that it does not confirm."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from policyctl.engine.canonical import digest
from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Decision
from policyctl.model.policy import Policy
from policyctl.model.values import JSONValue

#: When the first calls of witnesses are.
FIRST_TIME = "2026-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Burst:
    """The same call `count` times at one instant."""

    call: Call
    count: int


def call_of(tool: str, args: dict[str, JSONValue], at: str = FIRST_TIME) -> Call:
    """A complete call: nothing about it is unknown."""
    return Call(tool=tool, args=args, ts=at, session="session", grant="grant")


def decide_first(policy: Policy, call: Call, *, is_approved: bool) -> Decision:
    """What a policy says about a call that no other came before."""
    policy = about(policy, {call.tool})
    ledger = Ledger(policy)
    if is_approved:
        ledger.approve(approval_for(call), call.tool)
    return decide(policy, call, ledger)


def about(policy: Policy, tools: Collection[str]) -> Policy:
    """The policy with the rules of these tools alone: a ledger of all limits of all tools takes time to set up."""
    return replace(policy, tools={name: policy.tools[name] for name in tools if name in policy.tools})


def approval_for(call: Call, number: int = 1) -> Approval:
    """A person's consent to exactly this call, once."""
    return Approval(
        tool=call.tool,
        args_digest=digest(call.args),
        session=call.session or "",
        expires="9999-12-31T23:59:59Z",
        id=f"approval-{number}",
    )
