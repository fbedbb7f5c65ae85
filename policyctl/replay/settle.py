"""What readers of ranges found, put together in the order of the trace: everything that calls before have a say in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast, overload

from policyctl.replay.fast import FastReplay
from policyctl.replay.pieces import Mapped, Names, Piece
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


class Settling:
    """Takes the findings of one range after the other into a replay."""

    def __init__(self, fast: FastReplay, file: TraceFile) -> None:
        self._fast = fast
        self._file = file
        (self._side,) = fast.sides

    def take(self, mapped: Mapped, range_: Range) -> None:
        """The findings of the next range."""
        number = self._side.bench.number
        numbers = {theirs: number(key) for theirs, key in mapped.keys.items()}
        for found in mapped.found:
            if isinstance(found, Piece):
                self._piece(found, Stored(range_, found.start, found.end), numbers)
            else:
                self._fast.plainly(self._file.entries(found.content))

    def _piece(self, piece: Piece, lines: Stored, numbers: dict[int, int]) -> None:
        replay, file = self._side.replay, self._file
        if not self._is_new(piece, lines):
            # Some may repeat others: the exact way, from the lines themselves.
            again = lines.lines()
            whole = b"".join(again)
            self._fast.batch(file, Lines(again, Content(again[0], whole, len(again[0]), len(whole)), are_text=True))
            return
        line, record = file.number + 1, replay.records
        file.number += lines.count
        file.lines += lines.count
        replay.records += lines.count
        self._see(piece)
        answers = self._side.answers
        for theirs, (calls, place) in piece.counts.items():
            route, decision = answers.at(numbers[theirs])
            cell = route.cells.get(decision)
            if cell is None:
                cell = route.cells[decision] = Cell(file, line + place, record + place)
            cell.calls += calls
        hanging = piece.hanging
        if hanging.numbers:
            judged = list(map(numbers.__getitem__, hanging.numbers))
            self._side.scale.weigh(_run(piece, lines), judged)
            answers.count(judged, hanging.places, file, line, record)

    def _is_new(self, piece: Piece, lines: Stored) -> bool:
        recent, count = self._side.replay.recent, self._side.replay.records
        if piece.order is not None:
            if recent.take_rising(*piece.order, lines, count):
                return True
            names = _names(lines)
        elif piece.names is not None:
            names = piece.names
        else:
            return True
        return not recent.take(names.ids, names.sessions, names.times, lines, count, rises=False)

    def _see(self, piece: Piece) -> None:
        replay, facts = self._side.replay, piece.facts
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


def _run(piece: Piece, lines: Stored) -> Run:
    """The calls of a piece that hang on others, as a run of their own."""
    hanging = piece.hanging
    nothing = (None,) * len(hanging.numbers)
    sessions, grants, servers, outcomes = (
        hanging.written(column) for column in (hanging.sessions, hanging.grants, hanging.servers, hanging.outcomes)
    )
    columns: list[Sequence[Any]] = [nothing, sessions, grants, servers, nothing, nothing, outcomes]
    run = Run(nothing, _Picked(lines, hanging.places), cast("Part", lines), columns)
    run.span = Span.of(hanging.instants)
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
