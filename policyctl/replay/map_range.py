"""A range of a trace to what a replay makes of it, as far as the calls in other ranges have no say in it.

This is what runs in other processes. Lines that are not plain calls come back as they are.
"""

from __future__ import annotations

import threading
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import cast

import msgspec

from policyctl import __version__
from policyctl.errors import PolicyctlError
from policyctl.model.time import AFTER_ALL_TIMES, BEFORE_ALL_TIMES
from policyctl.replay.judging import Judging
from policyctl.replay.pieces import AnswerKey, Calls, Facts, Mapped, Names, Piece, Whole
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Assignment
from policyctl.replay.stretch import Run
from policyctl.traces.decode import MISSHAPEN
from policyctl.traces.lines import Batches, Lines
from policyctl.workspace.ranges import Source


@dataclass(frozen=True, slots=True)
class Job:
    """What is replayed: which file, under the policies of which sides.

    With `every_call` all calls come back and not only those that hang on others, with the fields that somebody `reads`.
    """

    source: Source
    sides: tuple[tuple[Assignment, ...], ...]
    every_call: bool = False
    reads: frozenset[str] = frozenset()
    token: str = ""
    version: str = __version__


class _Named(msgspec.Struct):
    """Who is asked."""

    tool: str
    server: str | None = None


_named = msgspec.json.Decoder(_Named).decode


class Mapper:
    """Reads ranges for one job."""

    def __init__(self, job: Job) -> None:
        self.job = job
        replays = [Replay(side) for side in job.sides]
        self._judging = Judging(replays, job.reads)
        # All are for the same servers: who calls, and when, is the same to each.
        self._replay, self._lead = replays[0], self._judging.sides[0]
        self._others = sorted(job.reads & {"ts", "id", "meta"})
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
        return Mapped([self._keys(index) for index in range(len(self._judging.sides))], self._found, self._line)

    def _keys(self, index: int) -> dict[int, AnswerKey]:
        """What the numbers of a side are known by, of those that were found."""
        pieces = [piece for piece in self._found if isinstance(piece, Piece)]
        numbers = set[int]().union(*(piece.calls.numbers[index] for piece in pieces))
        if index == 0:
            numbers.update(*(piece.counts for piece in pieces))
        keys = self._judging.sides[index].bench.keys
        return {number: keys[number] for number in numbers}

    def _batch(self, batch: Lines) -> None:
        for found in self._judging.judge(batch):
            if isinstance(found, bytes):
                self._keep(found)
                # Tools that are new are known from now on.
                self._meet(found.splitlines())
            else:
                self._take(*found)

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

    def _take(self, run: Run, judged: Sequence[list[int]]) -> None:
        piece = self._piece(run)
        base = self._line - piece.start
        self._line = piece.end = self._line + len(run.lines)
        every, (numbers, *others) = len(run.lines), judged
        run, numbers, places = self._lead.governed(run, numbers)
        if not places:
            return
        if len(places) < every:
            others = [[column[place] for place in places] for column in others]
        self._lead.see("", run)
        if self.job.every_call:
            self._add(piece.calls, run, (numbers, *others), places, base, [True] * len(numbers))
            return
        hanging = self._lead.answers.hanging
        if not hanging.isdisjoint(numbers):
            which = list(map(hanging.__contains__, numbers))
            self._add(piece.calls, run, (numbers,), places, base, which)
        for number, calls in Counter(numbers).items():
            if number in hanging:
                continue
            before = piece.counts.get(number)
            if before is None:
                piece.counts[number] = (calls, base + places[numbers.index(number)])
            else:
                piece.counts[number] = (before[0] + calls, before[1])

    def _add(
        self,
        into: Calls,
        run: Run,
        columns: Sequence[Sequence[int]],
        places: Sequence[int],
        base: int,
        which: Sequence[bool],
    ) -> None:
        """Adds calls of a run, from a place of its piece on."""
        text, written = into.texts.__getitem__, into.written
        for numbers, column in zip(into.numbers, columns, strict=True):
            numbers.extend(compress(column, which))
        into.places.extend([base + place for place in compress(places, which)])
        into.instants += compress(run.span.instants, which)
        written["session"].extend(map(text, compress(run.sessions, which)))
        written["server"].extend(map(text, compress(run.servers, which)))
        written["grant"].extend(map(text, compress(run.grants, which)))
        written["outcome"].extend(map(text, compress(run.outcomes, which)))
        for name in self._others:
            values = [getattr(call, name) for call in compress(run.calls, which)]
            into.others.setdefault(name, []).extend(map(bytes, values) if name == "meta" else values)

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
            piece = self._open = Piece(self._line, self._line, self._facts(), {}, self._nobody())
        if is_named and run.span.rises:
            piece.order = (cast("str", run.times[0]), cast("str", run.times[-1]))
        elif is_named:
            piece.names = Names(run.ids, run.sessions, run.times)
        return piece

    def _nobody(self) -> Calls:
        return Calls([array("I") for _ in self._judging.sides])

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


#: The jobs that this process reads for, by their tokens.
_jobs: dict[str, Job] = {}
#: A mapper is for one thread.
_here = threading.local()


def start(job: Job) -> None:
    """Makes this process a reader of ranges for a job; PolicyctlError if the job is from another version."""
    if job.version != __version__:
        hint = "install one version everywhere: a report must not depend on who reads what"
        raise PolicyctlError(f"a worker has policyctl {__version__}, and the job is from {job.version}", hint=hint)
    _jobs[job.token] = job


def stop(token: str) -> None:
    """Forgets a job."""
    _jobs.pop(token, None)


def map_range(token: str, begin: int, end: int, at_line: bool) -> Mapped:
    """What stands in a range of the file of a job."""
    job, mapper = _jobs[token], cast("Mapper | None", getattr(_here, "mapper", None))
    if mapper is None or mapper.job is not job:
        mapper = _here.mapper = Mapper(job)
    return mapper.map(begin, end, at_line=at_line)


def digest_block(token: str, number: int) -> bytes:
    """The digest of a block of the file of a job."""
    return _jobs[token].source.digest(number)
