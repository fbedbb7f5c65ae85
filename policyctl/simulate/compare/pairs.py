"""Counts pairs of answers, and notes in which sessions the record stops to be what would have happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.replay.answers import Answers
from policyctl.replay.compare import Answer
from policyctl.replay.fast import READ
from policyctl.replay.routing import Route
from policyctl.replay.stretch import Run
from policyctl.simulate.compare.change import Change, Standing, change_between
from policyctl.traces.decode import call_on
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
    #: Those who want to see each of these calls.
    watchers: tuple[ChangeWatcher, ...] = ()


class ChangeWatcher(Protocol):
    """Whoever wants to see calls with what both sides say about them; `reads` names the fields that it looks at."""

    @property
    def reads(self) -> frozenset[str]:
        """Names of fields."""
        ...

    def wants(self, pair: Pair) -> bool:
        """Whether it is to see such calls."""
        ...

    def see(self, call: Call, pair: Pair, standing: Standing | None, file: TraceFile, line: int) -> None:
        """One call, in replay order; it stands nowhere if its verdict does not change."""
        ...


class PairTally:
    """A watcher of both sides that counts."""

    def __init__(self, watchers: Sequence[ChangeWatcher] = ()) -> None:
        self._watchers = tuple(watchers)
        #: By both decisions and the new side's route, which the old side's goes with.
        self._pairs: dict[tuple[Decision, Decision, Route], Pair] = {}
        self._by_numbers: dict[tuple[int, ...], Pair] = {}
        self._seen = 0
        #: Sessions in which a verdict changed.
        self.changed_sessions: set[str] = set()

    @property
    def reads(self) -> frozenset[str]:
        """The session, and whatever a call that is not read whole may have that somebody looks at."""
        return READ.intersection({"session"}.union(*(watcher.reads for watcher in self._watchers)))

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """In the order in which they were first met."""
        return tuple(self._pairs.values())

    def see(self, call: Call, old: Answer, new: Answer, file: TraceFile, line: int) -> None:
        """Counts a call."""
        pair = self._pairs.get((old[1], new[1], new[0])) or self._met(old, new)
        self._seen += 1
        pair.calls += 1
        if pair.change is not Change.UNCHANGED or pair.watchers:
            standing = self._note(pair, call.session, self._seen, file, line)
            for watcher in pair.watchers:
                watcher.see(call, pair, standing, file, line)

    def look(
        self,
        file: TraceFile,
        line: int,
        places: Sequence[int],
        run: Run,
        columns: Sequence[Sequence[int]],
        answers: Sequence[Answers],
    ) -> None:
        """Counts calls that come many at a time, and notes those that change one by one."""
        keys, before = list(zip(*columns, strict=True)), self._seen
        self._seen += len(keys)
        noted: set[tuple[int, ...]] = set()
        for key, calls in Counter(keys).items():
            pair = self._by_numbers.get(key)
            if pair is None:
                old, new = (side.at(number) for side, number in zip(answers, key, strict=True))
                pair = self._by_numbers[key] = self._pairs.get((old[1], new[1], new[0])) or self._met(old, new)
            pair.calls += calls
            if pair.change is not Change.UNCHANGED or pair.watchers:
                noted.add(key)
        for index in [index for index, key in enumerate(keys) if key in noted] if noted else ():
            pair, at = self._by_numbers[keys[index]], line + places[index]
            standing = self._note(pair, run.sessions[index], before + index + 1, file, at)
            for watcher in pair.watchers:
                call = run.calls[index] if watcher.reads <= READ else call_on(run.lines[index])
                watcher.see(call, pair, standing, file, at)

    def _met(self, old: Answer, new: Answer) -> Pair:
        pair = self._pairs[old[1], new[1], new[0]] = Pair(*old, *new, change_between(old[1], new[1]))
        pair.watchers = tuple(watcher for watcher in self._watchers if watcher.wants(pair))
        return pair

    def _note(self, pair: Pair, session: str | None, number: int, file: TraceFile, line: int) -> Standing | None:
        if pair.change is Change.UNCHANGED:
            return None
        standing = self._standing(session) if pair.change.is_of_verdict else None
        if standing is not None:
            pair.by_standing[standing] += 1
        if len(pair.samples) < SAMPLES:
            pair.samples.append(Sample(number, pair.new_route.tool, session, standing, file.name, line))
        return standing

    def _standing(self, session: str | None) -> Standing:
        if session is None:
            return Standing.NO_SESSION
        if session in self.changed_sessions:
            return Standing.HYPOTHETICAL
        self.changed_sessions.add(session)
        return Standing.OBSERVED
