"""The same replay, many lines at a time: decoded no further than the policies ask, and counted by small numbers.

`plain` says what a replay does. This is how it gets done for lines that hold nothing unusual; all others go the plain
way, one by one and in their place. Several replays may share the lines, which are then read once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Protocol

import msgspec

from policyctl.replay.answers import UNCLEAR, Answers
from policyctl.replay.judges import Layouts
from policyctl.replay.plain import Replay
from policyctl.replay.side import Side
from policyctl.replay.stretch import Run, between
from policyctl.traces.duplicates import SHORT
from policyctl.traces.lines import Lines, Part
from policyctl.traces.narrow import FIELDS, Narrow
from policyctl.traces.read import Entry, TraceFile

#: More tools than this are not learned: each needs a type of its own.
_MOST_TOOLS = 8_192
#: A batch with more unusual lines than one in so many goes the plain way altogether.
_SHARE = 4
#: So many entries are decided by one side before the others follow: none has a say in what another decides.
_SOME = 1_024
#: What watchers may look at in a call that was decoded here.
READ = frozenset({"ts", "session", "grant", "server", "id", "outcome", "meta"})
_columns = msgspec.structs.astuple


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
        layouts = self._layouts = Layouts([replay.router for replay in replays])
        self._sides = tuple(Side(replay, layouts) for replay in replays)
        self._lead = replays[0]
        self._onlooker = onlooker
        extra = _extra(replays, onlooker)
        self._narrow = Narrow(extra)
        self._has_outcomes = any(field == "outcome" for field, _, _ in extra)
        self._unusual = 0

    @property
    def answers(self) -> tuple[Answers, ...]:
        """Of each side."""
        return tuple(side.answers for side in self._sides)

    @classmethod
    def can_take(cls, *replays: Replay) -> bool:
        """Whether nobody wants to see more of a call than is decoded here."""
        return all(watcher.reads <= READ for replay in replays for watcher in replay.watchers)

    def run(self, file: TraceFile) -> None:
        """Decides every call of a file, in order."""
        if file.is_mapped:
            self._plainly(file.calls())
            return
        entries, batches = file.opened()
        self._plainly(entries)
        self._learn()
        for batch in batches.lines():
            self._batch(file, batch)
        for side in self._sides:
            side.answers.settle()

    def _plainly(self, entries: Iterable[Entry]) -> None:
        """One by one."""
        if len(self._sides) == 1 and self._onlooker is None:
            self._lead.run(entries)
            return
        stream = iter(entries)
        while some := list(islice(stream, _SOME)):
            for side in self._sides:
                side.replay.run(some)
            if self._onlooker is not None:
                self._onlooker.settle()

    def _learn(self) -> None:
        """Reads lines of all tools that were met so far."""
        self._unusual = 0
        room = _MOST_TOOLS - len(self._narrow.tools)
        met = dict.fromkeys(tool for _, tool in self._lead.router.routes if not self._narrow.knows(tool))
        types = ((tool, self._layouts.type(tool)) for tool in list(met)[:room])
        self._narrow.learn({tool: kind for tool, kind in types if kind is not None})

    def _batch(self, file: TraceFile, batch: Lines) -> None:
        if self._unusual > len(self._narrow.tools) + 50:
            self._learn()
        lines = batch.lines
        if batch.content.size > SHORT * len(lines) or not batch.are_text:
            self._plainly(file.entries(b"".join(lines)))
            return
        calls, odd = self._narrow.decode(lines)
        self._unusual += len(odd)
        if len(odd) * _SHARE > len(lines):
            self._plainly(file.entries(b"".join(lines)))
            return
        for start, end in between(odd, len(lines)):
            if start < end:
                self._stretch(file, calls[start:end], lines[start:end], Part(batch.content, start, end))
            if end < len(lines):
                self._plainly(file.entries(lines[end]))

    def _stretch(self, file: TraceFile, calls: Sequence[Any], lines: Sequence[bytes], origin: Part) -> None:
        """Lines that were all decoded."""
        columns = list(zip(*map(_columns, calls), strict=True))[: len(FIELDS) + self._has_outcomes]
        if not self._has_outcomes:
            columns.append((None,) * len(calls))
        run = Run(calls, lines, origin, columns)
        judged = [side.judged(run, self._narrow.tools) for side in self._sides]
        odd: set[int] = set()
        for side, numbers in zip(self._sides, judged, strict=True):
            if side.bench.some_unclear:
                odd.update(index for index, number in enumerate(numbers) if number == UNCLEAR)
        self._split(file, run, judged, sorted(odd))

    def _split(self, file: TraceFile, run: Run, judged: Sequence[list[int]], odd: Sequence[int]) -> None:
        """Takes a run but for the odd lines in it, and for those that may repeat others."""
        if not odd:
            for side in self._sides:
                recent, count = side.replay.recent, side.replay.records
                odd = recent.take(run.ids, run.sessions, run.times, run.origin, count, rises=run.span.rises)
                # What is new to one side is new to all.
                if odd:
                    break
        if not odd:
            self._take(file, run, judged)
            return
        for start, end in between(odd, len(run.lines)):
            if start < end:
                self._split(file, run.part(start, end), [numbers[start:end] for numbers in judged], ())
            if end < len(run.lines):
                self._plainly(file.entries(run.lines[end]))

    def _take(self, file: TraceFile, run: Run, judged: Sequence[list[int]]) -> None:
        line = file.number + 1
        file.number += len(run.lines)
        file.lines += len(run.lines)
        taken = [side.take(file, line, run, numbers) for side, numbers in zip(self._sides, judged, strict=True)]
        if self._onlooker is not None:
            governed, _, places = taken[0]
            self._onlooker.look(file, line, places, governed, [numbers for _, numbers, _ in taken])


def _extra(replays: Sequence[Replay], onlooker: Onlooker | None) -> list[tuple[str, Any, Any]]:
    """Fields beside those that every replay asks for."""
    read = frozenset().union(*(watcher.reads for replay in replays for watcher in replay.watchers))
    read |= frozenset() if onlooker is None else onlooker.reads
    extra: list[tuple[str, Any, Any]] = []
    if "outcome" in read or any(lane.gateway.ledger.books for replay in replays for lane in replay.lanes):
        extra.append(("outcome", str | None, None))
    if "meta" in read or any(replay.grant_of is not None for replay in replays):
        extra.append(("meta", msgspec.Raw, msgspec.Raw(b"")))
    return extra
