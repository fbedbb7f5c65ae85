"""How often people would have been asked (replay and diff §2.4)."""

from __future__ import annotations

from collections import Counter

from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.time import SECOND, instant
from policyctl.replay.routing import Route
from policyctl.simulate.result import ApprovalLoad
from policyctl.traces.read import TraceFile

_HOUR = 3_600 * SECOND


class Approvals:
    """A watcher that counts the calls put up for approval."""

    reads = frozenset({"session", "ts"})

    def __init__(self) -> None:
        self._calls = 0
        self._by_session: Counter[str] = Counter()
        self._by_hour: Counter[int] = Counter()
        self._kinds: set[tuple[str, Route]] = set()

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        """Counts the call if a person would have been asked."""
        del file, line
        if decision.verdict is not Verdict.APPROVAL:
            return
        self._calls += 1
        if call.session is not None:
            self._by_session[call.session] += 1
            self._kinds.add((call.session, route))
        at = None if call.ts is None else instant(call.ts)
        if at is not None:
            self._by_hour[at // _HOUR] += 1

    def load(self) -> ApprovalLoad | None:
        """None if nobody would have been asked."""
        if not self._calls:
            return None
        return ApprovalLoad(
            calls=self._calls,
            sessions=len(self._by_session),
            most_in_a_session=max(self._by_session.values(), default=0),
            most_in_an_hour=max(self._by_hour.values(), default=None),
            # Whether a call without a session repeats another, nobody knows.
            repeats=self._by_session.total() - len(self._kinds),
        )
