"""The same replay, many lines at a time: decoded no further than the policies ask, and counted by small numbers.

`plain` says what a replay does. This is how it gets done for lines that hold nothing unusual; all others go the plain
way, one by one and in their place. Several replays may share the lines, which are then read once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from policyctl.replay.answers import Answers
from policyctl.replay.judging import Judging
from policyctl.replay.plain import Replay
from policyctl.replay.side import Side
from policyctl.replay.stretch import Run, between
from policyctl.traces.lines import Batches, Lines
from policyctl.traces.read import Entry, TraceFile

#: So many entries are decided by one side before the others follow: none has a say in what another decides.
_SOME = 1_024
#: What watchers may look at in a call that was decoded here.
READ = frozenset({"ts", "session", "grant", "server", "id", "outcome", "meta"})


class Onlooker(Protocol):
    """Whoever wants to see what all sides say about the same calls."""

    @property
    def reads(self) -> frozenset[str]:
        """Names of fields that it looks at, `args` not among them."""
        ...

    def settle(self) -> None:
        """Some entries went the plain way through every side, whose watchers have seen them."""
        ...

    def look(self, file: TraceFile, line: int, places: Sequence[int], run: Run, columns: Sequence[list[int]]) -> None:
        """Calls that a policy governs, each so many places behind the line; for each side the numbers of its answers."""
        ...


class FastReplay:
    """Takes files through replays that are for the same servers; `answers` says for each what its numbers stand for."""

    def __init__(self, *replays: Replay, onlooker: Onlooker | None = None) -> None:
        self._onlooker = onlooker
        #: The fields of calls that somebody looks at.
        self.reads = _reads(replays).union(() if onlooker is None else onlooker.reads)
        self._judging = Judging(replays, self.reads)

    @property
    def sides(self) -> tuple[Side, ...]:
        """One for each replay."""
        return self._judging.sides

    @property
    def answers(self) -> tuple[Answers, ...]:
        """Of each side."""
        return tuple(side.answers for side in self.sides)

    @property
    def sees_every_call(self) -> bool:
        """Whether somebody looks at all calls one by one, or at what several sides say about them."""
        return self._onlooker is not None or any(side.replay.watchers for side in self.sides)

    @classmethod
    def can_take(cls, *replays: Replay) -> bool:
        """Whether nobody wants to see more of a call than is decoded here."""
        return _reads(replays) <= READ

    def run(self, file: TraceFile) -> None:
        """Decides every call of a file, in order."""
        if file.is_mapped:
            self.plainly(file.calls())
            return
        entries, batches = file.opened()
        self.plainly(entries)
        self.finish(file, batches)

    def finish(self, file: TraceFile, batches: Batches) -> None:
        """The rest of a file of which the first entries are decided."""
        self._judging.learn()
        for batch in batches.lines():
            self.batch(file, batch)
        self.settle()

    def plainly(self, entries: Iterable[Entry]) -> None:
        """One by one."""
        if len(self.sides) == 1 and self._onlooker is None:
            self.sides[0].replay.run(entries)
            return
        stream = iter(entries)
        while some := list(islice(stream, _SOME)):
            for side in self.sides:
                side.replay.run(some)
            if self._onlooker is not None:
                self._onlooker.settle()

    def batch(self, file: TraceFile, batch: Lines) -> None:
        """The next lines of a file that is no capture."""
        for found in self._judging.judge(batch):
            if isinstance(found, bytes):
                self.plainly(file.entries(found))
            else:
                self._take(file, *found)

    def settle(self) -> None:
        """Adds up; to be called when everything is through."""
        for answers in self.answers:
            answers.settle()

    def _take(self, file: TraceFile, run: Run, judged: Sequence[list[int]]) -> None:
        """Decides a run but for the calls in it that may repeat others."""
        odd: Sequence[int] = ()
        for side in self.sides:
            recent, count = side.replay.recent, side.replay.records
            odd = recent.take(run.ids, run.sessions, run.times, run.origin, count, rises=run.span.rises)
            # What is new to one side is new to all.
            if odd:
                break
        if not odd:
            self._take_new(file, run, judged)
            return
        for start, end in between(odd, len(run.lines)):
            if start < end:
                self._take(file, run.part(start, end), [numbers[start:end] for numbers in judged])
            if end < len(run.lines):
                self.plainly(file.entries(run.lines[end]))

    def _take_new(self, file: TraceFile, run: Run, judged: Sequence[list[int]]) -> None:
        line = file.number + 1
        file.number += len(run.lines)
        file.lines += len(run.lines)
        taken = [side.take(file, line, run, numbers) for side, numbers in zip(self.sides, judged, strict=True)]
        governed, _, places = taken[0]
        self.tell(file, line, places, governed, [numbers for _, numbers, _ in taken])

    def tell(self, file: TraceFile, line: int, places: Sequence[int], run: Run, columns: Sequence[list[int]]) -> None:
        """Has the onlooker look at decided calls."""
        if self._onlooker is not None:
            self._onlooker.look(file, line, places, run, columns)


def _reads(replays: Sequence[Replay]) -> frozenset[str]:
    """The fields of calls that those who watch replays look at."""
    watchers = [watcher for replay in replays for watcher in replay.watchers]
    watchers += [replay.waiting for replay in replays if replay.waiting is not None and replay.may_ask]
    return frozenset[str]().union(*(watcher.reads for watcher in watchers))
