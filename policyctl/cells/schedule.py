"""When to make calls so that one policy has room for all of them and a limit of another has not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import lcm

from policyctl.cells.windows import most_windows
from policyctl.engine.amount import maximum_of
from policyctl.model.policy import Limit

#: Instants that are looked at in search of one schedule.
MOST_INSTANTS = 100_000
#: 2026-01-01T00:00:00Z, where schedules begin, and the end of the year 9999, in seconds since 1970.
FIRST_SECOND, LAST_SECOND = 1_767_225_600, 253_402_300_800


@dataclass(frozen=True, slots=True)
class Taker:
    """A call that can be made again and again: what it takes of each limit, by pointer, and of the one to be exceeded."""

    takes: Mapping[str, Fraction]
    of_target: Fraction


@dataclass(frozen=True, slots=True)
class Run:
    """So many calls of the taker with this number, at a second since 1970."""

    second: int
    taker: int
    count: int


def schedule(takers: Sequence[Taker], held: Sequence[Limit], target: Limit) -> list[Run] | None:
    """Calls within one window of `target` that take more than it has, with room in all limits `held`; None if none was found.

    Each is made as early as possible, in the first window in which there is such a schedule.
    """
    if _is_hopeless(takers, held, target):
        return None
    left = MOST_INSTANTS
    for start, end in windows_of(held, target):
        filling = _Filling(takers, held, target)
        for second in islice(instants(held, start, end), left):
            left -= 1
            filling.fill(second)
            if filling.is_over:
                return filling.runs
        if not left:
            return None
    return None


def windows_of(held: Iterable[Limit], target: Limit) -> Iterator[tuple[int, int]]:
    """The windows of the target, from the first on, until they come to lie as before among those of the held limits."""
    for start, end in windows(target.window, (limit.window for limit in held)):
        if start >= end:
            return
        yield start, end


def windows(window: int, others: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Start and end of the windows, from the first on, until they come to lie as before among the other windows.

    A window that calls cannot have any more is empty.
    """
    # A longer window that is a multiple lies around all of them alike.
    period = lcm(window, *(other for other in others if other % window)) // window
    first = FIRST_SECOND // window
    # The first one may have begun before the first second, and is looked at once more, as a whole.
    for number in range(first, first + period + 1):
        yield max(number * window, FIRST_SECOND), min((number + 1) * window, LAST_SECOND)


def _is_hopeless(takers: Sequence[Taker], held: Sequence[Limit], target: Limit) -> bool:
    """Whether no schedule can be enough: each taker alone, as often as the windows of any limit allow, is not."""
    most = Fraction(0)
    for taker in takers:
        counts = [
            most_windows(limit.window, target.window) * (_maximum(limit) // taker.takes[limit.pointer])
            for limit in held
            if taker.takes[limit.pointer]
        ]
        if not counts:
            return False
        most += taker.of_target * min(counts)
    return most <= _maximum(target)


class _Filling:
    """Calls at one second after the other, as many as there is room for, until the target is exceeded."""

    def __init__(self, takers: Sequence[Taker], held: Sequence[Limit], target: Limit) -> None:
        self._takers = takers
        # Of many takers each is counted by few limits.
        self._held = [[limit for limit in held if taker.takes[limit.pointer]] for taker in takers]
        self._left = _maximum(target)
        self._used: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
        self.runs: list[Run] = []

    @property
    def is_over(self) -> bool:
        """Whether the target is exceeded."""
        return self._left < 0

    def fill(self, second: int) -> None:
        """Each taker in turn."""
        for number, taker in enumerate(self._takers):
            count = min([self._left // taker.of_target + 1, *_room(taker, self._held[number], self._used, second)])
            if count <= 0:
                continue
            self.runs.append(Run(second, number, int(count)))
            for limit in self._held[number]:
                self._used[limit.pointer, second // limit.window] += taker.takes[limit.pointer] * count
            self._left -= taker.of_target * count
            if self._left < 0:
                return


def _room(taker: Taker, held: Sequence[Limit], used: Mapping[tuple[str, int], Fraction], second: int) -> Iterator[int]:
    """How many of the calls each limit has room for."""
    for limit in held:
        rest = _maximum(limit) - used[limit.pointer, second // limit.window]
        yield int(rest // taker.takes[limit.pointer])


def instants(held: Sequence[Limit], start: int, end: int) -> Iterator[int]:
    """The start, and every later second at which a window of a held limit begins."""
    second = start
    while second < end:
        yield second
        second = min(((second // limit.window + 1) * limit.window for limit in held), default=end)


def most_calls(limits: Sequence[Limit], start: int, end: int) -> int | None:
    """How many calls from `start` up to `end` limits of calls have room for together; None if there is no bound.

    Exact: to call as early as there is room is best, since a call that is put forward lies in no window that is fuller.
    """
    if not limits:
        return None
    used: dict[tuple[str, int], int] = defaultdict(int)
    total = 0
    for second in instants(limits, start, end):
        room = min(int(limit.maximum) - used[limit.pointer, second // limit.window] for limit in limits)
        if room > 0:
            total += room
            for limit in limits:
                used[limit.pointer, second // limit.window] += room
    return total


def _maximum(limit: Limit) -> Fraction:
    return Fraction(maximum_of(limit))
