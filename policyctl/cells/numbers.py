"""The numbers that JSON can say, cut at those that a policy names."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from policyctl.cells.values import number_rank

Number = int | float

#: Python's reader takes no more digits, so that no call has a larger integer: beyond are only doubles and infinity.
LONGEST = 4_300


class Form(Enum):
    """How a number is written, where that makes a difference: exact, or as a double with or without a fraction."""

    EXACT = 0
    WHOLE = 1
    FRACTION = 2


def number_cells(named: Iterable[Number], forms: tuple[tuple[Form, ...], ...]) -> tuple[Number, ...]:
    """The smallest number of every cell, in order of rank: each named number, each interval between that is not empty.

    `forms` are the groups of forms that are to be told apart.
    """
    points = sorted(set(named))
    found: list[Number] = []
    for group in forms:
        for point in points:
            found.extend(_spellings(point, group))
        for low, high in zip([None, *points], [*points, None], strict=True):
            smallest = _smallest(Interval(low, high), group)
            found.extend([] if smallest is None else [smallest])
    return tuple(sorted(found, key=number_rank))


def _spellings(point: Number, forms: tuple[Form, ...]) -> Iterator[Number]:
    """The named number itself in the first of these forms that it can be written in."""
    for form in forms:
        if form is Form.EXACT and (isinstance(point, int) or point.is_integer()) and abs(point) < _BEYOND:
            # A large double keeps its shorter spelling where that makes no difference.
            yield point if isinstance(point, float) and abs(point) >= 2**53 and len(forms) > 1 else int(point)
            return
        if form is Form.WHOLE and _is_double(point) and float(point).is_integer():
            yield float(point)
            return
        if form is Form.FRACTION and isinstance(point, float) and not point.is_integer():
            yield point
            return


def _is_double(point: Number) -> bool:
    try:
        return float(point) == point
    except OverflowError:
        return False


_BEYOND = 10**LONGEST
#: Doubles from here on are whole.
_NO_FRACTIONS = 2**52
#: More digits behind the point are not tried: the next double is taken, whatever its digits.
_PLACES = 330


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers strictly between two; None is no end."""

    low: Number | None
    high: Number | None

    def holds(self, number: Number) -> bool:
        return (self.low is None or self.low < number) and (self.high is None or number < self.high)

    @property
    def mirrored(self) -> Interval:
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)


def _smallest(interval: Interval, forms: tuple[Form, ...]) -> Number | None:
    """The first number of the interval by rank in one of the forms; None if it holds none."""
    if interval.high is not None and interval.high <= 0:
        mirrored = _smallest(interval.mirrored, forms)
        return None if mirrored is None else -mirrored
    for form in forms:
        number = _SEARCHES[form](interval)
        if number is not None:
            return number
    return None


def _exact(interval: Interval) -> Number | None:
    if interval.holds(0):
        return 0
    # From here on the interval lies above zero.
    assert interval.low is not None
    number = math.floor(interval.low) + 1
    return number if interval.holds(number) and number < _BEYOND else None


def _whole(interval: Interval) -> Number | None:
    if interval.holds(0):
        return 0.0
    assert interval.low is not None
    try:
        number = float(math.floor(interval.low) + 1)
    except OverflowError:
        number = math.inf
    if number <= interval.low:
        number = math.nextafter(number, math.inf)
    if not interval.holds(number):
        return None
    return number


def _fraction(interval: Interval) -> Number | None:
    """The one with the fewest digits behind the point, of those the one next to zero."""
    sides = [_positive_fraction(interval)]
    if interval.low is None or interval.low < 0:
        mirrored = _positive_fraction(interval.mirrored)
        sides.append(None if mirrored is None else -mirrored)
    return min((side for side in sides if side is not None), key=number_rank, default=None)


def _positive_fraction(interval: Interval) -> Number | None:
    low = interval.low if interval.low is not None and interval.low > 0 else 0
    if low >= _NO_FRACTIONS or (interval.high is not None and interval.high <= 0):
        return None
    for digits in range(1, _PLACES):
        scale = 10**digits
        count = _scaled(low, scale) + 1
        # A few steps, since the first multiples may be whole, or round to the end of the interval.
        for numerator in range(count, count + 12):
            number: float = numerator / scale
            if interval.high is not None and number >= interval.high:
                break
            if number > low and not number.is_integer():
                return number
    following = math.nextafter(float(low), math.inf)
    return following if interval.holds(following) and not following.is_integer() else None


def _scaled(low: Number, scale: int) -> int:
    """The exact product of a number and a power of ten, rounded down."""
    numerator, denominator = low.as_integer_ratio()
    return numerator * scale // denominator


_SEARCHES = {Form.EXACT: _exact, Form.WHOLE: _whole, Form.FRACTION: _fraction}
