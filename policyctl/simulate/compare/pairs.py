"""Counts pairs of answers, and notes in which sessions the record stops to be what would have happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.replay.compare import Answer
from policyctl.replay.routing import Route
from policyctl.simulate.compare.change import Change, Standing, change_between
from policyctl.traces.read import TraceFile

#: So many calls of each pair are named.
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """Where one changed call is recorded; `number` is its place among all calls."""

    number: int
    tool: str
    session: str | None
    standing: Standing | None
    file: str
    line: int


@dataclass(slots=True)
class Pair:
    """What both sides say about some calls of one tool, and how many there are; `samples` are the first ones."""

    old_route: Route
    old: Decision
    new_route: Route
    new: Decision
    change: Change
    calls: int = 0
    by_standing: dict[Standing, int] = field(default_factory=lambda: dict.fromkeys(Standing, 0))
    samples: list[Sample] = field(default_factory=list)


class ChangeWatcher(Protocol):
    """Whoever wants to see every call with what both sides say about it."""

    def see(self, call: Call, pair: Pair, standing: Standing | None, file: TraceFile, line: int) -> None:
        """One call, in replay order; it stands nowhere if its verdict does not change."""
        ...


class PairTally:
    """A watcher of both sides that counts."""

    def __init__(self, watchers: Sequence[ChangeWatcher] = ()) -> None:
        self._watchers = tuple(watchers)
        self._pairs: dict[tuple[Route, Decision, Route, Decision], Pair] = {}
        self._seen = 0
        #: Sessions in which a verdict changed.
        self.changed_sessions: set[str] = set()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """In the order in which they were first met."""
        return tuple(self._pairs.values())

    def see(self, call: Call, old: Answer, new: Answer, file: TraceFile, line: int) -> None:
        """Counts the call."""
        pair = self._pairs.get((*old, *new))
        if pair is None:
            pair = self._pairs[*old, *new] = Pair(*old, *new, change_between(old[1], new[1]))
        self._seen += 1
        pair.calls += 1
        standing = None
        if pair.change is not Change.UNCHANGED:
            standing = self._note(pair, call.session, file, line)
        for watcher in self._watchers:
            watcher.see(call, pair, standing, file, line)

    def _note(self, pair: Pair, session: str | None, file: TraceFile, line: int) -> Standing | None:
        standing = self._standing(session) if pair.change.is_of_verdict else None
        if standing is not None:
            pair.by_standing[standing] += 1
        if len(pair.samples) < SAMPLES:
            pair.samples.append(Sample(self._seen, pair.new_route.tool, session, standing, file.name, line))
        return standing

    def _standing(self, session: str | None) -> Standing:
        if session is None:
            return Standing.NO_SESSION
        if session in self.changed_sessions:
            return Standing.HYPOTHETICAL
        self.changed_sessions.add(session)
        return Standing.OBSERVED
