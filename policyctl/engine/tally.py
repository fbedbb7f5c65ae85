"""What one subject used up of one limit, by time."""

from __future__ import annotations

from bisect import bisect_right
from typing import Protocol

from policyctl.engine.amount import Amount, minus, plus
from policyctl.model.time import SECOND

#: Forgetting starts here, and again when what was kept has doubled, so that it costs nothing on average.
_CROWD = 64


class Tally(Protocol):
    """Amounts at instants (nanoseconds since the epoch); `total` is the sum of all that were ever added."""

    total: Amount

    def add(self, at: int, amount: Amount, horizon: int) -> Amount:
        """Use up some at an instant; what counts together with it now. Nobody asks for instants before `horizon`."""
        ...

    def within(self, at: int) -> Amount:
        """What counts together with a call at this instant."""
        ...


class FixedTally:
    """Windows aligned to UTC: a count for each one that saw a call."""

    __slots__ = ("_crowded", "counts", "total", "window")

    def __init__(self, window: int) -> None:
        self.window = window * SECOND
        self.counts: dict[int, Amount] = {}
        self.total: Amount = 0
        self._crowded = _CROWD

    def add(self, at: int, amount: Amount, horizon: int) -> Amount:
        """Use up some in the window of this instant; what the window holds now."""
        number = at // self.window
        used = self.counts[number] = plus(self.counts.get(number, 0), amount)
        self.total = plus(self.total, amount)
        if len(self.counts) >= self._crowded:
            self._forget(horizon)
        return used

    def within(self, at: int) -> Amount:
        """What the window of this instant has used up."""
        return self.counts.get(at // self.window, 0)

    def _forget(self, horizon: int) -> None:
        first = horizon // self.window
        self.counts = {number: count for number, count in self.counts.items() if number >= first}
        self._crowded = max(_CROWD, 2 * len(self.counts))


class SlidingTally:
    """A log of uses: at t counts what lies in (t - window, t]."""

    __slots__ = ("_crowded", "sums", "times", "total", "window")

    def __init__(self, window: int) -> None:
        self.window = window * SECOND
        self.times: list[int] = []
        #: What was used up to and with each time; not kept while every amount is 1, so that counting stays cheap.
        self.sums: list[Amount] | None = None
        self.total: Amount = 0
        self._crowded = _CROWD

    def add(self, at: int, amount: Amount, horizon: int) -> Amount:
        """Use up some at this instant; uses may come out of order. What counts together with it now."""
        self.total = plus(self.total, amount)
        place = len(self.times) if not self.times or self.times[-1] <= at else bisect_right(self.times, at)
        if self.sums is None and amount != 1:
            self.sums = list(range(1, len(self.times) + 1))
        self.times.insert(place, at)
        if self.sums is not None:
            before = self.sums[place - 1] if place else 0
            later = [plus(used, amount) for used in self.sums[place:]]
            self.sums[place:] = [plus(before, amount), *later]
        if len(self.times) >= self._crowded:
            self._forget(horizon)
        return self.within(at)

    def within(self, at: int) -> Amount:
        """The sum of the uses in the window that ends here."""
        end = bisect_right(self.times, at)
        start = bisect_right(self.times, at - self.window, 0, end)
        if self.sums is None or start == end:
            return end - start
        used = self.sums[end - 1]
        return minus(used, self.sums[start - 1]) if start else used

    def _forget(self, horizon: int) -> None:
        gone = bisect_right(self.times, horizon - self.window)
        del self.times[:gone]
        if self.sums is not None and gone:
            base = self.sums[gone - 1]
            self.sums = [minus(used, base) for used in self.sums[gone:]]
        self._crowded = max(_CROWD, 2 * len(self.times))
