"""How far a policy reproduces the decisions that a trace recorded (replay and diff §3)."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.model.policy import Policy
from policyctl.replay.routing import Lane, Route
from policyctl.replay.subjects import decoded
from policyctl.simulate.result import Fidelity, Miss, MissCause
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
_CAUSES = tuple(MissCause)


class Recorded:
    """A watcher that compares each decision with the recorded one, where there is one."""

    reads = frozenset({"decision"})

    def __init__(self) -> None:
        self._names: dict[Lane, frozenset[str]] = {}
        self._same = self._undetermined = 0
        self._misses: Counter[tuple[str, str, MissCause]] = Counter()
        self._others: Counter[str] = Counter()

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        """Counts the pair of verdicts."""
        del file, line
        recorded = decoded(call.decision)
        verdict = recorded.get("verdict") if isinstance(recorded, dict) else None
        if not isinstance(verdict, str) or verdict not in _VERDICTS:
            return
        policy = recorded.get("policy")
        is_other = isinstance(policy, str) and policy not in self._names_for(route)
        if is_other:
            self._others[policy] += 1
        then, now = _VERDICTS[verdict], decision.verdict.value
        if now == "undetermined":
            self._undetermined += 1
        elif then == now:
            self._same += 1
        else:
            cause = MissCause.POLICY if is_other else _cause(then, now, recorded.get("rule"), decision)
            self._misses[then, now, cause] += 1

    def fidelity(self) -> Fidelity | None:
        """None if the trace records no decision."""
        recorded = self._same + self._undetermined + self._misses.total()
        if not recorded:
            return None
        misses = (Miss(then, now, cause, calls) for (then, now, cause), calls in self._misses.items())
        return Fidelity(
            recorded=recorded,
            same=self._same,
            undetermined=self._undetermined,
            misses=tuple(
                sorted(
                    misses,
                    key=lambda miss: (-miss.calls, miss.recorded, miss.replayed, _CAUSES.index(miss.cause)),
                )
            ),
            policies=tuple(sorted(self._others.items(), key=lambda other: (-other[1], other[0]))),
        )

    def _names_for(self, route: Route) -> frozenset[str]:
        assert route.lane is not None
        names = self._names.get(route.lane)
        if names is None:
            names = self._names[route.lane] = _names_of(route.lane.assignment.policy)
        return names


def _names_of(policy: Policy) -> frozenset[str]:
    """Everything by which a gateway may call this policy: its digest, and its file with less and less around it."""
    # Of a file of a commit the name without the revision.
    path = PurePosixPath(policy.name.rpartition(":")[2].replace("\\", "/"))
    return frozenset(
        {policy.digest, policy.digest.removeprefix("sha256:"), policy.name, str(path), path.name, path.stem}
    )


def _cause(then: str, now: str, rule: object, decision: Decision) -> MissCause:
    """A limit depends on calls before the record begins, an approval on consent that may stand elsewhere."""
    if _is_limit(decision.rule) or (isinstance(rule, str) and _is_limit(rule)):
        return MissCause.LIMIT
    return MissCause.APPROVAL if "approval" in {then, now} else MissCause.RULE


def _is_limit(rule: str) -> bool:
    segments = rule.split("/")
    return segments[1:3] == ["all_tools", "limits"] or segments[3:4] in (["limits"], ["rate_limit"])
