"""Calls that follow each other, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from policyctl.model.time import AFTER_ALL_TIMES, BEFORE_ALL_TIMES
from policyctl.replay.span import Span
from policyctl.traces.lines import Part


@dataclass(frozen=True, slots=True)
class When:
    """The first and the last instant of some calls, and how many say none, or none that can be read."""

    first: int = AFTER_ALL_TIMES
    last: int = BEFORE_ALL_TIMES
    untimed: int = 0
    bad: int = 0


class Run:
    """Calls that follow each other, and what is asked of them one by one."""

    def __init__(
        self, calls: Sequence[Any], lines: Sequence[bytes], origin: Part, columns: Sequence[Sequence[Any]]
    ) -> None:
        self.calls = calls
        self.lines = lines
        #: Where the lines come from, for whoever keeps them; of calls that were picked, of all of which they were.
        self.origin = origin
        self._columns = columns
        self.args: Sequence[Any]
        self.times: Sequence[str | None]
        self.sessions: Sequence[str | None]
        self.grants: Sequence[str | None]
        self.servers: Sequence[str | None]
        self.ids: Sequence[str | None]
        self.outcomes: Sequence[str | None]
        self.times, self.sessions, self.grants, self.servers, self.args, self.ids, self.outcomes = columns

    @cached_property
    def span(self) -> Span:
        """Their times."""
        return Span(self.times)

    @cached_property
    def when(self) -> When:
        """From when to when they go."""
        known = self.span.extremes
        if known is not None:
            return When(*known)
        timed = [at for at in self.span.instants if at is not None]
        untimed = len(self.times) - len(timed)
        bad = untimed - self.times.count(None)
        return When(min(timed), max(timed), untimed, bad) if timed else When(untimed=untimed, bad=bad)

    def part(self, start: int, end: int) -> Run:
        """Some of them."""
        return self._with(lambda column: column[start:end], self.origin.part(start, end))

    def only(self, places: Sequence[int]) -> Run:
        """Those at these places."""
        return self._with(lambda column: [column[place] for place in places], self.origin)

    def _with(self, change: Callable[[Any], Any], origin: Part) -> Run:
        return Run(change(self.calls), change(self.lines), origin, [change(column) for column in self._columns])


def between(odd: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    """The stretches that the odd ones leave, each with where it ends: at an odd one, or at the end of all."""
    start = 0
    for index in odd:
        yield start, index
        start = index + 1
    yield start, end
