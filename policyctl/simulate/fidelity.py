"""How far a policy reproduces the decisions that a trace recorded (replay and diff §3)."""

from __future__ import annotations

from collections import Counter

from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.replay.routing import Route
from policyctl.replay.subjects import decoded
from policyctl.simulate.result import Fidelity
from policyctl.traces.read import TraceFile

#: What recorders write for the verdicts.
_VERDICTS = {
    "allow": "allow",
    "allowed": "allow",
    "deny": "deny",
    "denied": "deny",
    "approval": "approval",
    "require_approval": "approval",
}


class Recorded:
    """A watcher that compares each decision with the recorded one, where there is one."""

    reads = frozenset({"decision"})

    def __init__(self) -> None:
        self._pairs: Counter[tuple[str, str]] = Counter()

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        """Counts the pair of verdicts."""
        del route, file, line
        recorded = decoded(call.decision)
        verdict = recorded.get("verdict") if isinstance(recorded, dict) else None
        if isinstance(verdict, str) and verdict in _VERDICTS:
            self._pairs[_VERDICTS[verdict], decision.verdict.value] += 1

    def fidelity(self) -> Fidelity | None:
        """None if the trace records no decision."""
        if not self._pairs:
            return None
        misses = [(then, now, calls) for (then, now), calls in self._pairs.items() if now not in (then, "undetermined")]
        return Fidelity(
            recorded=self._pairs.total(),
            same=sum(calls for (then, now), calls in self._pairs.items() if then == now),
            undetermined=sum(calls for (_, now), calls in self._pairs.items() if now == "undetermined"),
            misses=tuple(sorted(misses, key=lambda miss: (-miss[2], miss))),
        )
