"""A range of a trace to what a replay makes of it, as far as the calls in other ranges have no say in it.

This is what runs in other processes. Lines that are not plain calls come back as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import cast

import msgspec

from policyctl.engine.ledger import LATENESS, Windows
from policyctl.model.time import AFTER_ALL_TIMES, BEFORE_ALL_TIMES
from policyctl.replay.judging import Judging
from policyctl.replay.pieces import Facts, Hanging, Mapped, Names, Piece, Whole
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Assignment
from policyctl.replay.stretch import Run
from policyctl.traces.decode import MISSHAPEN
from policyctl.traces.lines import Batches, Lines
from policyctl.workspace.ranges import Source


@dataclass(frozen=True, slots=True)
class Job:
    """What is replayed: which file, under which policies, and how."""

    source: Source
    assignments: tuple[Assignment, ...]
    windows: Windows = Windows.FIXED
    lateness: int = LATENESS


class _Named(msgspec.Struct):
    """Who is asked."""

    tool: str
    server: str | None = None


_named = msgspec.json.Decoder(_Named).decode


class Mapper:
    """Reads ranges for one job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._replay = Replay(job.assignments, windows=job.windows, lateness=job.lateness)
        self._judging = Judging((self._replay,), frozenset())
        (self._side,) = self._judging.sides
        self._clear()

    def map(self, start: int, end: int, *, at_line: bool = False) -> Mapped:
        """The lines that start in a range; `at_line` if one starts where the range does."""
        self._found: list[Piece | Whole] = []
        self._open: Piece | None = None
        self._line = 0
        is_first = True
        for batch in Batches(self.job.source.lines(start, end, at_line=at_line), has_mark=False).lines():
            if is_first:
                self._meet(batch.lines)
                self._judging.learn()
                is_first = False
            self._batch(batch)
        self._close()
        numbers = {number for piece in self._found if isinstance(piece, Piece) for number in _numbers_in(piece)}
        keys = {number: self._side.bench.keys[number] for number in numbers}
        return Mapped(keys, self._found, self._line)

    def _batch(self, batch: Lines) -> None:
        for found in self._judging.judge(batch):
            if isinstance(found, bytes):
                self._keep(found)
                # Tools that are new are known from now on.
                self._meet(found.splitlines())
            else:
                run, (numbers,) = found
                self._take(run, numbers)

    def _meet(self, lines: Sequence[bytes]) -> None:
        for line in lines:
            try:
                called = _named(line)
            except MISSHAPEN:
                continue
            self._replay.router.route(called.server, called.tool)

    def _keep(self, content: bytes) -> None:
        self._close()
        self._found.append(Whole(self._line, content))
        self._line += content.count(b"\n") + (not content.endswith(b"\n"))

    def _take(self, run: Run, numbers: list[int]) -> None:
        piece = self._piece(run)
        base = self._line - piece.start
        self._line = piece.end = self._line + len(numbers)
        run, numbers, places = self._side.governed(run, numbers)
        if not places:
            return
        self._side.see("", run)
        hanging = self._side.answers.hanging
        if not hanging.isdisjoint(numbers):
            _hang(piece.hanging, run, numbers, places, hanging, base)
        for number, calls in Counter(numbers).items():
            if number in hanging:
                continue
            before = piece.counts.get(number)
            if before is None:
                piece.counts[number] = (calls, base + places[numbers.index(number)])
            else:
                piece.counts[number] = (before[0] + calls, before[1])

    def _piece(self, run: Run) -> Piece:
        """The piece that goes on with a run: one in which times rise on, if calls have ids."""
        is_named = run.ids.count(None) < len(run.ids)
        piece = self._open
        if piece is not None and is_named and piece.order is not None:
            first, last = piece.order
            if run.span.rises and cast("str", run.times[0]) > last:
                piece.order = (first, cast("str", run.times[-1]))
                return piece
        if piece is not None and piece.names is None and not is_named:
            return piece
        if piece is None or piece.order is not None or piece.names is not None or not run.span.rises:
            self._close()
            piece = self._open = Piece(self._line, self._line, self._facts(), {}, Hanging())
        if is_named and run.span.rises:
            piece.order = (cast("str", run.times[0]), cast("str", run.times[-1]))
        elif is_named:
            piece.names = Names(run.ids, run.sessions, run.times)
        return piece

    def _close(self) -> None:
        if self._open is not None:
            self._open.facts = self._facts()
            self._found.append(self._open)
            self._open = None
        self._clear()

    def _facts(self) -> Facts:
        replay = self._replay
        return Facts(
            sessions=replay.sessions,
            without_session=replay.without_session,
            without_grant=replay.without_grant,
            untimed=replay.untimed,
            bad_times=replay.bad_times,
            first=replay.first,
            last=replay.last,
            not_governed=dict(replay.not_governed),
        )

    def _clear(self) -> None:
        replay = self._replay
        replay.sessions = set()
        replay.not_governed.clear()
        replay.without_session = replay.without_grant = replay.untimed = replay.bad_times = 0
        replay.first, replay.last = AFTER_ALL_TIMES, BEFORE_ALL_TIMES


def _hang(into: Hanging, run: Run, numbers: Sequence[int], places: Sequence[int], hanging: set[int], base: int) -> None:
    """Adds the calls of a run that hang on others."""
    which = list(map(hanging.__contains__, numbers))
    text = into.texts.__getitem__
    into.numbers.extend(compress(numbers, which))
    into.places.extend([base + place for place in compress(places, which)])
    into.instants += compress(run.span.instants, which)
    into.sessions.extend(map(text, compress(run.sessions, which)))
    into.servers.extend(map(text, compress(run.servers, which)))
    into.grants.extend(map(text, compress(run.grants, which)))
    into.outcomes.extend(map(text, compress(run.outcomes, which)))


def _numbers_in(piece: Piece) -> set[int]:
    return {*piece.counts, *piece.hanging.numbers}


_mapper: Mapper | None = None


def start(job: Job) -> None:
    """Makes this process a reader of ranges for a job."""
    global _mapper  # noqa: PLW0603 - a process has one, and what it calls has no place of its own
    _mapper = Mapper(job)


def map_range(begin: int, end: int, at_line: bool) -> Mapped:
    """What the mapper of this process finds in a range."""
    assert _mapper is not None
    return _mapper.map(begin, end, at_line=at_line)


def digest_block(number: int) -> bytes:
    """The digest of a block of the file."""
    assert _mapper is not None
    return _mapper.job.source.digest(number)
