"""A policy in force: decides recorded calls in their order and keeps count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from policyctl.engine.approvals import OnRecord
from policyctl.engine.compile import Branch, compile_policy
from policyctl.engine.counter import Count
from policyctl.engine.decide import decide
from policyctl.engine.ledger import LATENESS, Ledger, Windows
from policyctl.engine.meter import Meter
from policyctl.model.call import Approval, Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Policy
from policyctl.model.time import instant


class Gateway:
    """The compiled engine.

    What a complete record says is decided by generated functions and plain counts; whatever is missing, hidden, late or
    up for approval goes to the reference evaluator, and both write to the same ledger.
    """

    def __init__(self, policy: Policy, *, windows: Windows = Windows.FIXED, lateness: int = LATENESS) -> None:
        self.policy = policy
        self.ledger = Ledger(policy, windows=windows, lateness=lateness)
        self._branches, self._other = compile_policy(policy)
        self._meters: dict[Decision, Meter] = {}
        self._counts: dict[Decision, Count | None] = {}
        self._answers: dict[Hashable, Decision] = {}
        #: How many calls sliding windows would have denied, by the limit; with consumption of their own.
        self.sliding_denials: Counter[str] = Counter()
        self.follows_sliding = windows is Windows.FIXED

    def approve(self, approval: Approval, tool: str | None = None, shared: OnRecord | None = None) -> OnRecord:
        """Puts an approval on record, `shared` with other policies if they have it already."""
        return self.ledger.approve(approval, tool or approval.tool, shared)

    def branch(self, tool: str) -> Branch:
        """What the policy says about a tool before approvals and limits."""
        return self._branches.get(tool, self._other)

    def admit(self, call: Call, tool: str | None = None) -> Decision:
        """Decides the next call and writes down what it uses up; `tool` is the policy's name for it."""
        return self.admit_at(call, tool or call.tool, None if call.ts is None else instant(call.ts))

    def admit_at(self, call: Call, tool: str, at: int | None) -> Decision:
        """The same for a caller who has read the time of the call already."""
        branch = self.branch(tool)
        judged = branch.constant
        if branch.judge is not None:
            args = call.args
            # `is_complete`, written out: this runs once for every call.
            if args.__class__ is dict and not call.redacted and (call.args_state is None or call.args_state == "full"):
                judged = branch.judge(args)
        if judged is None:
            return self._reason(call, tool)
        if not judged.limits:
            if judged.verdict is Verdict.APPROVAL and self.ledger.approvals:
                return self._reason(call, tool)
            return judged
        count = self.counter(judged)
        decision = None if count is None else count.careful(call.session, call.server, call.grant, at, call.consumes)
        return decision or self._weigh(judged, call, tool, at)

    def counter(self, judged: Decision) -> Count | None:
        """What settles a judged answer that hangs on earlier calls, for a call of which everything is known."""
        if judged not in self._counts:
            if judged.verdict is Verdict.APPROVAL:
                self._counts[judged] = Count(lambda *_: None if self.ledger.approvals else judged)
            else:
                self._counts[judged] = self._meter(judged).count
        return self._counts[judged]

    def _weigh(self, judged: Decision, call: Call, tool: str, at: int | None) -> Decision:
        """What the limits say, where they are not plain counts of calls of which everything is known."""
        return self._meter(judged).admit(call, at) or self._reason(call, tool, follow=False)

    def _meter(self, judged: Decision) -> Meter:
        meter = self._meters.get(judged)
        if meter is None:
            sliding_denials = self.sliding_denials if self.follows_sliding else None
            meter = self._meters[judged] = Meter(judged, self.ledger, sliding_denials)
        return meter

    def _reason(self, call: Call, tool: str, *, follow: bool = True) -> Decision:
        """The reference evaluator's answer, for whatever is not plain."""
        decision = decide(self.policy, call, self.ledger, tool=tool)
        if follow and self.follows_sliding and decision.limits and decision.verdict is not Verdict.UNDETERMINED:
            Meter(decision, self.ledger, self.sliding_denials).follow(call)
        self.ledger.settle(decision, call, tool=tool)
        # One object for equal answers: whoever counts by identity keeps as many as there are answers, not calls.
        return self._answers.setdefault((*decision.content, decision.doubts), decision)
