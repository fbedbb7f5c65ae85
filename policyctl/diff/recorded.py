"""Recorded calls that two policies decide differently, each by itself and while no limit is used up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from policyctl.cells.stand import HEIGHT
from policyctl.diff.result import Direction
from policyctl.engine.amount import Unaccountable, amount_of
from policyctl.engine.compile import Branch, compile_policy
from policyctl.engine.decide import Consent, Room, decide
from policyctl.engine.record import Record
from policyctl.engine.truth import Truth
from policyctl.model.args_state import ArgsState
from policyctl.model.call import NOT_RECORDED, Call
from policyctl.model.decision import Verdict
from policyctl.model.policy import Limit, Policy
from policyctl.replay.subjects import decoded


class _Unused:
    """No earlier call, and no approval on record."""

    def room(self, limit: Limit, record: Record) -> Room:
        return Room(Truth.of(not isinstance(amount_of(limit, record), Unaccountable)))

    def consent(self, record: Record, tool: str) -> Consent:
        del record, tool
        return Consent(Truth.FALSE)


@dataclass(slots=True)
class RecordedCalls:
    """Counts of calls, by tool and direction; `undetermined` ones do not say enough for one of the policies.

    `contradicted` are on record as allowed, and the old policy denies them: the record was made under another one.
    """

    old: Policy
    new: Policy
    calls: int = 0
    undetermined: int = 0
    contradicted: int = 0
    changed: Counter[tuple[str, Direction]] = field(default_factory=Counter)

    def see(self, calls: Iterable[tuple[Call, str]]) -> None:
        """Counts calls, each with the policy's name for its tool."""
        judges = [(policy, *compile_policy(policy)) for policy in (self.old, self.new)]
        for call, tool in calls:
            self.calls += 1
            old, new = (_verdict(policy, branches.get(tool, other), call, tool) for policy, branches, other in judges)
            if old is Verdict.DENY and call.decision is not NOT_RECORDED:
                self.contradicted += _was_allowed(call)
            if Verdict.UNDETERMINED in {old, new}:
                self.undetermined += 1
            elif old is not new:
                rises = HEIGHT[new] > HEIGHT[old]
                self.changed[tool, Direction.WIDER if rises else Direction.NARROWER] += 1

    def count(self, tool: str, direction: Direction) -> int:
        """How many calls of the tool changed so."""
        return self.changed[tool, direction]


def _was_allowed(call: Call) -> bool:
    """Whether the call is on record as allowed."""
    recorded = decoded(call.decision)
    return isinstance(recorded, dict) and recorded.get("verdict") in {"allow", "allowed"}


def _verdict(policy: Policy, branch: Branch, call: Call, tool: str) -> Verdict:
    judged = branch.constant
    if judged is None and branch.judge is not None and call.state is ArgsState.FULL and not call.redacted:
        judged = branch.judge(call.args)
    if judged is None or any(limit.amount_from for limit in judged.limits):
        judged = decide(policy, call, _Unused(), tool=tool)
    return judged.verdict
