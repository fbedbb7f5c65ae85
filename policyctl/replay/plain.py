"""One pass over the calls of a trace: each is decided once, in order, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from policyctl.engine.approvals import OnRecord
from policyctl.engine.gateway import Gateway
from policyctl.engine.ledger import LATENESS, Windows
from policyctl.model.call import NOT_RECORDED, Approval, Call
from policyctl.model.decision import Decision, Verdict
from policyctl.model.policy import Action
from policyctl.model.time import AFTER_ALL_TIMES, BEFORE_ALL_TIMES, instant
from policyctl.replay.routing import Assignment, Cell, Lane, Route, Router
from policyctl.replay.subjects import GrantOf
from policyctl.traces.duplicates import Duplicates
from policyctl.traces.read import Entry, TraceFile


class Watcher(Protocol):
    """Whoever wants to see every decision; a replay without watchers only counts.

    `reads` names the fields of a call that it looks at: a replay that knows need not fill in the others.
    """

    @property
    def reads(self) -> frozenset[str]:
        """Names of fields."""
        ...

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        """One decided call, in replay order."""
        ...


class Replay:
    """Replays a stream of calls under the policies assigned; counts are final when `run` returns.

    `not_governed` counts calls by server that no policy is for; `first` and `last` are instants in nanoseconds.
    """

    def __init__(
        self,
        assignments: Sequence[Assignment],
        *,
        windows: Windows = Windows.FIXED,
        lateness: int = LATENESS,
        grant_of: GrantOf | None = None,
        watchers: Sequence[Watcher] = (),
        bystanders: Sequence[Watcher] = (),
        recorded: Watcher | None = None,
        waiting: Watcher | None = None,
    ) -> None:
        self.lanes = tuple(
            Lane(assignment, Gateway(assignment.policy, windows=windows, lateness=lateness))
            for assignment in assignments
        )
        self.router = Router(self.lanes)
        self.grant_of = grant_of
        self.watchers = tuple(watchers)
        #: See only calls that are decided one by one here; of those that come many at a time they learn in another way.
        self._bystanders = tuple(bystanders)
        #: Sees only the calls that carry a decision on record.
        self._recorded = recorded
        #: Sees only the calls that are put up for approval.
        self.waiting = waiting
        self.not_governed: Counter[str | None] = Counter()
        self.sessions: set[str] = set()
        #: How many records came so far, duplicates and approvals included.
        self.records = 0
        self.recent = Duplicates()
        self.duplicates = 0
        self.bad_times = 0
        self.untimed = 0
        self.without_session = 0
        self.without_grant = 0
        self.approvals = 0
        self.first, self.last = AFTER_ALL_TIMES, BEFORE_ALL_TIMES

    def run(self, stream: Iterable[Entry]) -> None:
        """Decides every call of the stream, behind those before; ends with it."""
        is_repeated = self.recent.is_repeated
        known, route_of, see_session = self.router.routes, self.router.route, self.sessions.add
        watchers, recorded, waiting = (*self.watchers, *self._bystanders), self._recorded, self.waiting
        first, last = self.first, self.last
        count = self.records - 1
        for count, (file, line, call, text) in enumerate(stream, self.records):
            if isinstance(call, Approval):
                self._approve(call)
                continue
            if call.id is not None and is_repeated(call, text, count):
                self.duplicates += 1
                continue
            route = known.get((call.server, call.tool)) or route_of(call.server, call.tool)
            admit = route.admit
            if admit is None:
                self.not_governed[call.server] += 1
                continue
            if call.session is None:
                self.without_session += 1
            else:
                see_session(call.session)
            at = None if call.ts is None else instant(call.ts)
            if at is None:
                self.untimed += 1
                self.bad_times += call.ts is not None
            else:
                if at > last:  # noqa: PLR1730 - a call of max() for every call is what this saves
                    last = at
                if at < first:  # noqa: PLR1730 - and of min()
                    first = at
            if call.grant is None:
                call = self._granted(call, file)  # noqa: PLW2901 - the same call, told whose it is
            decision = admit(call, route.tool, at)
            cell = route.cells.get(decision)
            if cell is None:
                cell = route.cells[decision] = Cell(file, line, count)
            cell.calls += 1
            for watcher in watchers:
                watcher.see(call, route, decision, file, line)
            if waiting is not None and decision.verdict is Verdict.APPROVAL:
                waiting.see(call, route, decision, file, line)
            if recorded is not None and call.decision is not NOT_RECORDED:
                recorded.see(call, route, decision, file, line)
        self.first, self.last = first, last
        self.records = count + 1

    @property
    def may_ask(self) -> bool:
        """Whether some policy may put a call up for approval."""
        policies = (lane.assignment.policy for lane in self.lanes)
        return any(rules.action is Action.REQUIRE_APPROVAL for policy in policies for rules in policy.tools.values())

    @property
    def cells(self) -> dict[tuple[Route, Decision], Cell]:
        """How often each route met each decision, in the order of the first time."""
        found = [
            (route, decision, cell) for route in self.router.routes.values() for decision, cell in route.cells.items()
        ]
        found.sort(key=lambda entry: entry[2].count)
        return {(route, decision): cell for route, decision, cell in found}

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last instant; None if no call has a time."""
        return (self.first, self.last) if self.first <= self.last else None

    def _granted(self, call: Call, file: TraceFile) -> Call:
        """The call with the grant that the user declared for it."""
        grant = None if self.grant_of is None else self.grant_of(call, file.name)
        if grant is None:
            self.without_grant += 1
            return call
        return msgspec.structs.replace(call, grant=grant)

    def _approve(self, approval: Approval) -> None:
        self.approvals += 1
        # It names no server, so it is on record for each policy, but for one call in all.
        shared: OnRecord | None = None
        for lane in self.lanes:
            route = self.router.route(lane.assignment.server, approval.tool)
            shared = lane.gateway.approve(approval, route.tool, shared)
