"""What readers of ranges found, put together in the order of the trace: everything that calls before have a say in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import cast, overload

import msgspec

from policyctl.replay.fast import FastReplay
from policyctl.replay.pieces import Facts, Mapped, Names, Piece
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Cell
from policyctl.replay.span import Span
from policyctl.replay.stretch import Run
from policyctl.traces.lines import Batches, Content, Lines, Part
from policyctl.traces.read import TraceFile
from policyctl.workspace.ranges import Source


@dataclass(frozen=True, slots=True)
class Range:
    """A range of bytes of a file; `at_line` if a line starts where it does."""

    source: Source
    start: int
    end: int
    at_line: bool

    def lines(self) -> list[bytes]:
        """The lines that start in it, read once more."""
        return _lines(self)


@lru_cache(maxsize=2)
def _lines(range_: Range) -> list[bytes]:
    chunks = range_.source.lines(range_.start, range_.end, at_line=range_.at_line)
    return [line for batch in Batches(chunks, has_mark=False).lines() for line in batch.lines]


@dataclass(frozen=True)
class Stored:
    """Some lines of a range, which are read once more if somebody asks for them."""

    range: Range
    start: int
    end: int

    @property
    def count(self) -> int:
        """How many they are."""
        return self.end - self.start

    def lines(self) -> list[bytes]:
        """The lines, with their line feeds."""
        return self.range.lines()[self.start : self.end]


class Seen(msgspec.Struct):
    """What watchers may look at in a call that others read."""

    ts: str | None
    session: str | None
    grant: str | None
    server: str | None
    id: str | None
    outcome: str | None
    meta: msgspec.Raw


class Settling:
    """Takes the findings of one range after the other into a replay."""

    def __init__(self, fast: FastReplay, file: TraceFile) -> None:
        self._fast = fast
        self._file = file
        self._sides = fast.sides
        self._lead = fast.sides[0]

    def take(self, mapped: Mapped, range_: Range) -> None:
        """The findings of the next range."""
        numbers = [
            {theirs: side.bench.number(key) for theirs, key in keys.items()}
            for side, keys in zip(self._sides, mapped.keys, strict=True)
        ]
        for found in mapped.found:
            if isinstance(found, Piece):
                self._piece(found, Stored(range_, found.start, found.end), numbers)
            else:
                self._fast.plainly(self._file.entries(found.content))

    def _piece(self, piece: Piece, lines: Stored, numbers: Sequence[dict[int, int]]) -> None:
        file = self._file
        if not self._is_new(piece, lines):
            # Some may repeat others: the exact way, from the lines themselves.
            again = lines.lines()
            whole = b"".join(again)
            self._fast.batch(file, Lines(again, Content(again[0], whole, len(again[0]), len(whole)), are_text=True))
            return
        line, record = file.number + 1, self._lead.replay.records
        file.number += lines.count
        file.lines += lines.count
        for side in self._sides:
            side.replay.records += lines.count
            _see(side.replay, piece.facts)
        self._count(piece, numbers[0], line, record)
        if piece.calls.places:
            self._look(piece, lines, numbers, line, record)

    def _count(self, piece: Piece, numbers: dict[int, int], line: int, record: int) -> None:
        for theirs, (calls, place) in piece.counts.items():
            route, decision = self._lead.answers.at(numbers[theirs])
            cell = route.cells.get(decision)
            if cell is None:
                cell = route.cells[decision] = Cell(self._file, line + place, record + place)
            cell.calls += calls

    def _look(self, piece: Piece, lines: Stored, numbers: Sequence[dict[int, int]], line: int, record: int) -> None:
        calls, file = piece.calls, self._file
        is_watched = self._fast.sees_every_call or any(side.answers.waiting for side in self._sides)
        run = _run(piece, lines, with_calls=is_watched)
        judged = [list(map(ours.__getitem__, theirs)) for ours, theirs in zip(numbers, calls.numbers, strict=True)]
        for side, column in zip(self._sides, judged, strict=True):
            if not side.answers.hanging.isdisjoint(column):
                side.scale.weigh(run, column)
            side.answers.count(column, calls.places, file, line, record)
            side.show(run.calls, column, calls.places, file, line)
        self._fast.tell(file, line, calls.places, run, judged)

    def _is_new(self, piece: Piece, lines: Stored) -> bool:
        """Whether no call repeats one before; what is new to one side is new to all."""
        if piece.order is None and piece.names is None:
            return True
        names = piece.names
        for side in self._sides:
            recent, count = side.replay.recent, side.replay.records
            if piece.order is not None and recent.take_rising(*piece.order, lines, count):
                continue
            names = names or _names(lines)
            if recent.take(names.ids, names.sessions, names.times, lines, count, rises=False):
                return False
        return True


def _see(replay: Replay, facts: Facts) -> None:
    replay.sessions |= facts.sessions
    replay.without_session += facts.without_session
    replay.without_grant += facts.without_grant
    replay.untimed += facts.untimed
    replay.bad_times += facts.bad_times
    replay.first, replay.last = min(replay.first, facts.first), max(replay.last, facts.last)
    replay.not_governed.update(facts.not_governed)


def _names(lines: Stored) -> Names:
    from policyctl.traces.duplicates import named

    read = [named(line) for line in lines.lines()]
    return Names([call.id for call in read], [call.session for call in read], [call.ts for call in read])


def _run(piece: Piece, lines: Stored, *, with_calls: bool) -> Run:
    """The calls of a piece that somebody has to look at, as a run of their own."""
    calls = piece.calls
    names = ("ts", "session", "grant", "server", "id", "outcome")
    times, sessions, grants, servers, ids, outcomes = columns = [calls.column(name) for name in names]
    seen: Sequence[Seen | None] = (None,) * len(times)
    if with_calls:
        metas = [msgspec.Raw(meta or b"") for meta in calls.column("meta")]
        seen = [Seen(*values) for values in zip(*columns, metas, strict=True)]
    nothing = (None,) * len(times)
    picked = _Picked(lines, calls.places)
    run = Run(seen, picked, cast("Part", lines), [times, sessions, grants, servers, nothing, ids, outcomes])
    run.span = Span.of(calls.instants)
    return run


class _Picked(Sequence[bytes]):
    """Some of some lines; nobody reads them until one is asked for."""

    def __init__(self, lines: Stored, places: Sequence[int]) -> None:
        self._stored = lines
        self._places = places

    @cached_property
    def _lines(self) -> list[bytes]:
        return self._stored.lines()

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self._lines[place] for place in self._places[index]]
        return self._lines[self._places[index]]

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[bytes]:
        return (self._lines[place] for place in self._places)
