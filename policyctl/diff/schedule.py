"""When to make calls so that one policy has room for all of them and a limit of another has not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from policyctl.engine.amount import maximum_of
from policyctl.model.policy import Limit

#: Windows of the limit to be exceeded in which a schedule is tried, and instants of one schedule.
MOST_WINDOWS = 2_000
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
    first = FIRST_SECOND // target.window
    for window in range(first, first + (MOST_WINDOWS if held else 1)):
        start, end = window * target.window, min((window + 1) * target.window, LAST_SECOND)
        runs = _fill(takers, held, target, max(start, FIRST_SECOND), end)
        if runs is not None:
            return runs
    return None


def _fill(takers: Sequence[Taker], held: Sequence[Limit], target: Limit, start: int, end: int) -> list[Run] | None:
    used: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    left, runs = _maximum(target), list[Run]()
    for second in islice(_instants(held, start, end), MOST_INSTANTS):
        for number, taker in enumerate(takers):
            count = min([left // taker.of_target + 1, *_room(taker, held, used, second)])
            if count <= 0:
                continue
            runs.append(Run(second, number, int(count)))
            for limit in held:
                used[limit.pointer, second // limit.window] += taker.takes[limit.pointer] * count
            left -= taker.of_target * count
            if left < 0:
                return runs
    return None


def _room(taker: Taker, held: Sequence[Limit], used: Mapping[tuple[str, int], Fraction], second: int) -> Iterator[int]:
    """How many of the calls each limit has room for."""
    for limit in held:
        if taker.takes[limit.pointer]:
            rest = _maximum(limit) - used[limit.pointer, second // limit.window]
            yield int(rest // taker.takes[limit.pointer])


def _instants(held: Sequence[Limit], start: int, end: int) -> Iterator[int]:
    """The start, and every later second at which a window of a held limit begins."""
    second = start
    while second < end:
        yield second
        second = min(((second // limit.window + 1) * limit.window for limit in held), default=end)


def _maximum(limit: Limit) -> Fraction:
    return Fraction(maximum_of(limit))
