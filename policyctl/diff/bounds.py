"""What calls can take of limits at best: bounds for all sequences, whatever their calls say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm

from policyctl.diff.amounts import Path, Range
from policyctl.diff.quotas import Batch, Quota
from policyctl.engine.amount import maximum_of
from policyctl.model.policy import Limit


@dataclass(frozen=True, slots=True)
class Best:
    """Limits in units of which the target counts: no sequence takes more of it than these quotas let through.

    A unit is a call, or so small a part of an amount that all quotas are whole; `high` is the most that one call takes.
    """

    quotas: tuple[Quota, ...]
    target: Quota
    unit: Fraction
    high: Fraction

    def portions(self, batches: Iterable[Batch]) -> list[tuple[int, Fraction]]:
        """What is taken of the target, and at which second."""
        return [(batch.second, batch.count * self.unit) for batch in batches]

    def calls(self, batches: Iterable[Batch]) -> int:
        """How many calls it takes at least."""
        return ceil(sum(batch.count for batch in batches) * self.unit / self.high)


def at_best(target: Limit, held: Sequence[Limit], ranges: Mapping[Path, Range]) -> Best:
    """The quotas of a target while limits of the same subject are kept, if each call takes as much and as little as it can."""
    high = Fraction(1) if target.amount_from is None else ranges[target.amount_from].high
    rooms = [(room, limit.window) for limit in held if (room := _room(limit, target, high, ranges)) is not None]
    if not high:
        rooms.append((Fraction(0), target.window))
    unit = Fraction(1, lcm(*(room.denominator for room, _ in rooms)))
    return Best(
        tuple(Quota(int(room / unit), window) for room, window in rooms),
        Quota(int(_maximum(target) // unit), target.window),
        unit,
        high,
    )


def _room(limit: Limit, target: Limit, high: Fraction, ranges: Mapping[Path, Range]) -> Fraction | None:
    """The most of the target that calls in one window of the limit take; None if it sets no bound."""
    if limit.amount_from == target.amount_from:
        return _maximum(limit)
    if limit.amount_from is None:
        return _maximum(limit) * high
    low = ranges[limit.amount_from].low
    return _maximum(limit) // low * high if low else None


def _maximum(limit: Limit) -> Fraction:
    return Fraction(maximum_of(limit))
