"""What one subject used up of every limit, by time: in windows aligned to UTC, or in sliding ones.

A limit is known by its number; `windows` holds the length of each one's window in nanoseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Protocol

from policyctl.engine.amount import Amount, minus, plus

#: Forgetting starts here, and again when what was kept has doubled, so that it costs nothing on average.
CROWD = 256


class Amounts(Protocol):
    """Amounts by limit and instant."""

    def within(self, limit: int, at: int) -> Amount:
        """What counts together with a call at this instant."""
        ...

    def add(self, limit: int, at: int, amount: Amount, horizon: int) -> Amount:
        """Use up some; what counts together with it now. Nobody asks for instants before `horizon`."""
        ...


class Column(Amounts, Protocol):
    """Amounts that are summed up as well."""

    def total(self, limit: int) -> Amount:
        """All that was ever added."""
        ...


class FixedColumn:
    """A count for each window that saw a call, in one dictionary for all limits."""

    __slots__ = ("_counts", "_crowded", "_forgotten", "_span", "_windows")

    def __init__(self, windows: Sequence[int]) -> None:
        self._windows = windows
        self._span = len(windows)
        #: By the number of the window times the number of limits plus that of the limit.
        self._counts: dict[int, Amount] = {}
        self._forgotten: dict[int, Amount] = {}
        self._crowded = CROWD

    def within(self, limit: int, at: int) -> Amount:
        """What the window of this instant has used up."""
        return self._counts.get(at // self._windows[limit] * self._span + limit, 0)

    def add(self, limit: int, at: int, amount: Amount, horizon: int) -> Amount:
        """Uses up some in the window of this instant; what the window holds now."""
        counts = self._counts
        key = at // self._windows[limit] * self._span + limit
        used = counts[key] = plus(counts[key], amount) if key in counts else amount
        if len(counts) >= self._crowded:
            self._forget(horizon)
        return used

    def total(self, limit: int) -> Amount:
        """All that was ever added."""
        total = self._forgotten.get(limit, 0)
        for key, used in self._counts.items():
            if key % self._span == limit:
                total = plus(total, used)
        return total

    def _forget(self, horizon: int) -> None:
        first = [horizon // window for window in self._windows]
        for key in [key for key in self._counts if key // self._span < first[key % self._span]]:
            limit = key % self._span
            self._forgotten[limit] = plus(self._forgotten.get(limit, 0), self._counts.pop(key))
        self._crowded = max(CROWD, 2 * len(self._counts))


class SlidingColumn:
    """A log of uses for each limit: at t counts what lies in (t - window, t]."""

    __slots__ = ("_forgotten", "_sums", "_times", "_windows")

    def __init__(self, windows: Sequence[int]) -> None:
        self._windows = windows
        #: The times of the uses, in order.
        self._times: dict[int, list[int]] = {}
        #: What was used up to and with each time; not kept while every amount is 1, so that counting stays cheap.
        self._sums: dict[int, list[Amount]] = {}
        self._forgotten: dict[int, Amount] = {}

    def within(self, limit: int, at: int) -> Amount:
        """The sum of the uses in the window that ends here."""
        times = self._times.get(limit, [])
        if not times:
            return 0
        before = at - self._windows[limit]
        if times[-1] <= before:
            return 0
        # Uses come in order, almost always: then the window ends with the log.
        end = len(times) if times[-1] <= at else bisect_right(times, at)
        start = bisect_right(times, before, 0, end)
        sums = self._sums.get(limit)
        if sums is None or start == end:
            return end - start
        return minus(sums[end - 1], sums[start - 1]) if start else sums[end - 1]

    def add(self, limit: int, at: int, amount: Amount, horizon: int) -> Amount:
        """Uses up some at this instant; uses may come out of order. What counts together with it now."""
        self.note(limit, at, amount, horizon)
        return self.within(limit, at)

    def has_room(self, limit: int, at: int, amount: Amount, maximum: Amount) -> bool:
        """Whether this much more would stay within the maximum."""
        times = self._times.get(limit, [])
        if not times:
            return amount <= maximum
        if amount == 1 and times[-1] <= at and limit not in self._sums:
            # Only whole uses count here, and the one that has to be gone by now is the `most`-th from the end.
            most = int(maximum)
            return len(times) < most or times[-most] <= at - self._windows[limit]
        return plus(self.within(limit, at), amount) <= maximum

    def note(self, limit: int, at: int, amount: Amount, horizon: int) -> None:
        """Uses up some at this instant."""
        times = self._times.setdefault(limit, [])
        if amount != 1 and limit not in self._sums:
            self._sums[limit] = list(range(1, len(times) + 1))
        place = len(times) if not times or times[-1] <= at else bisect_right(times, at)
        times.insert(place, at)
        if limit in self._sums:
            self._insert_sum(self._sums[limit], place, amount)
        if not len(times) % CROWD:
            self._forget(limit, times, horizon)

    def total(self, limit: int) -> Amount:
        """All that was ever added."""
        kept = self._sums[limit][-1] if self._sums.get(limit) else len(self._times.get(limit, []))
        return plus(self._forgotten.get(limit, 0), kept)

    def packed(self) -> Any:
        """The content as plain data."""
        return (self._times, self._sums, self._forgotten)

    def unpack(self, content: Any) -> None:
        """Takes over the content of another column."""
        self._times, self._sums, self._forgotten = content

    def _insert_sum(self, sums: list[Amount], place: int, amount: Amount) -> None:
        before = sums[place - 1] if place else 0
        later = [plus(used, amount) for used in sums[place:]]
        sums[place:] = [plus(before, amount), *later]

    def _forget(self, limit: int, times: list[int], horizon: int) -> None:
        """Drops the uses that no window from the horizon on contains; never the last one."""
        gone = bisect_right(times, horizon - self._windows[limit], 0, len(times) - 1)
        if not gone:
            return
        sums = self._sums.get(limit)
        lost: Amount = gone if sums is None else sums[gone - 1]
        del times[:gone]
        if sums is not None:
            self._sums[limit] = [minus(used, lost) for used in sums[gone:]]
        self._forgotten[limit] = plus(self._forgotten.get(limit, 0), lost)
