"""How much fits into one window of a limit while several other limits are kept, all at once: exact.

Fixed windows lie at multiples of their length, so that what is taken up to an instant is bounded by what was taken when
each window began: a system of differences of prefix sums. Filling as early as possible is its largest solution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policyctl.cells.schedule import MOST_INSTANTS, windows
from policyctl.cells.windows import most_windows


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many units in each window of so many seconds."""

    most: int
    window: int

    def most_within(self, window: int) -> int:
        """The most units in one window of another length, were this the only quota."""
        return most_windows(self.window, window) * self.most


@dataclass(frozen=True, slots=True)
class Batch:
    """So many units at a second since 1970."""

    second: int
    count: int


def exceed(quotas: Iterable[Quota], target: Quota) -> tuple[Batch, ...] | None:
    """Units within one window of the target that are one too many for it and keep all quotas, each as early as possible.

    Empty if there are none, which is a proof; None if that took too many instants to find out.
    """
    kept = _essential(quotas)
    if any(quota.most_within(target.window) <= target.most for quota in kept):
        return ()
    left = MOST_INSTANTS
    for start, end in windows(target.window, (quota.window for quota in kept)):
        if start >= end:
            return None
        batches: list[Batch] = []
        room = target.most + 1
        for batch in _filled(kept, start, end, room):
            left -= 1
            room -= batch.count
            batches += [batch] if batch.count else []
            if not room:
                return tuple(batches)
            if not left:
                return None
    return ()


def _essential(quotas: Iterable[Quota]) -> tuple[Quota, ...]:
    """The quotas without those that another one implies."""
    distinct = tuple(dict.fromkeys(quotas))
    return tuple(
        quota
        for quota in distinct
        if not any(other.most_within(quota.window) <= quota.most for other in distinct if other is not quota)
    )


def _filled(quotas: Sequence[Quota], start: int, end: int, most: int) -> Iterator[Batch]:
    """What there is room for at each second at which there may be new room, up to `most` in total."""
    taken = 0
    # What was taken when the present window of each quota began.
    before = [0] * len(quotas)
    second = start
    while second < end:
        for number, quota in enumerate(quotas):
            if second % quota.window == 0:
                before[number] = taken
        allowed = [since + quota.most for since, quota in zip(before, quotas, strict=True)]
        count = min([most, *allowed]) - taken
        yield Batch(second, count)
        taken += count
        second = min(((second // quota.window + 1) * quota.window for quota in quotas), default=end)
