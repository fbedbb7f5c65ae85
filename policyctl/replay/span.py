"""The times of many records at once, where they are written alike.

Times of one form in UTC are in the order of their texts, and their digits are numbers in that order too. Whatever is not
written like that is read one by one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TypeGuard

import msgspec

from policyctl.model.time import SECOND, instant, instants
from policyctl.traces.duplicates import rise

_ZEROS = str.maketrans("123456789", "000000000")
_DIGITS = str.maketrans({"-": None, ":": None, "T": None, ".": None, "Z": ","})
_MARKS = str.maketrans({":": None, ".": None, "Z": None})
_SHAPE = re.compile(r"0000-00-00T00:00:00(?:\.(0{1,9}))?Z")
_DAY, _TENS_OF_MINUTES, _TENS_OF_SECONDS = 11, 14, 17
_numbers = msgspec.json.Decoder(list[int]).decode


class Span:
    """The times of calls that follow each other."""

    def __init__(self, times: Sequence[str | None]) -> None:
        self.times = times

    @classmethod
    def of(cls, known: Sequence[int | None]) -> Span:
        """The same where the instants are known, and the texts are not."""
        span = cls(())
        span.instants = known
        span.in_order = _sorted(known)
        return span

    @cached_property
    def rises(self) -> bool:
        """Whether each is a text, and behind the one before as a text."""
        return rise(self.times)

    @cached_property
    def _fraction(self) -> int | None:
        """How many digits the seconds of all have behind the point, if all are times but for the day and the hour."""
        return _written_alike(self.times) if _are_texts(self.times) else None

    @cached_property
    def extremes(self) -> tuple[int, int] | None:
        """The first and the last instant; None if this cannot be told without a look at each."""
        times = self.times
        if self._fraction is None or not _are_texts(times):
            return None
        first, last = (times[0], times[-1]) if self.rises else (min(times), max(times))
        # On one day every hour between the two is one.
        if first[:_DAY] != last[:_DAY]:
            return None
        start, end = instant(first), instant(last)
        return None if start is None or end is None else (start, end)

    @cached_property
    def in_order(self) -> list[int] | None:
        """The instant of each, if all say one and none is before the one before; None if they do not, or nobody knows."""
        if not self.rises or self._fraction is None or not _are_texts(self.times):
            return _sorted(self.instants)
        return _of_an_hour(self.times, self._fraction) or _sorted(_of_a_day(self.times, self._fraction))

    @cached_property
    def instants(self) -> Sequence[int | None]:
        """The instant of each; None where there is none."""
        if self._fraction is None or not _are_texts(self.times):
            return instants(self.times)
        return self.in_order if self.rises and self.in_order else _of_a_day(self.times, self._fraction)


def _sorted(found: Sequence[int | None]) -> list[int] | None:
    timed = [at for at in found if at is not None]
    return timed if len(timed) == len(found) and timed == sorted(timed) else None


def _of_an_hour(times: Sequence[str], fraction: int) -> list[int] | None:
    """Each instant of times that rise within an hour; None if they do not."""
    hour = times[0][:_TENS_OF_MINUTES]
    start = instant(hour + "00:00Z")
    if start is None or not times[-1].startswith(hour):
        return None
    # Small numbers, of which each begins with a 1 that stands for the hour: JSON has none that begin with 0.
    numbers = _numbers(f"[{''.join(times).replace(hour, ',1').translate(_MARKS)[1:]}]")
    minute, unit = 10 ** (2 + fraction), SECOND // 10**fraction
    found: list[int] = []
    while len(found) < len(numbers):
        number = numbers[len(found)] // minute
        end = bisect_left(numbers, (number + 1) * minute, len(found))
        offset = start + (number - 100) * 60 * SECOND - number * minute * unit
        found += [number * unit + offset for number in numbers[len(found) : end]]
    return found


def _of_a_day(times: Sequence[str], fraction: int) -> Sequence[int | None]:
    """Each instant, quickly if all are on one day."""
    if min(times).startswith("0"):
        # No number of JSON.
        return instants(times)
    numbers = _numbers(f"[{''.join(times).translate(_DIGITS)[:-1]}]")
    minute, unit = 10 ** (2 + fraction), SECOND // 10**fraction
    first, last = min(numbers), max(numbers)
    day = minute * 10_000
    if first // day != last // day or instant(times[numbers.index(last)]) is None:
        return instants(times)
    starts = {number: _start(number) for number in {number // minute for number in numbers}}
    return [starts[number // minute] + number % minute * unit for number in numbers]


def _start(minute: int) -> int:
    """The instant at which a minute starts, of one that there is, written as YYYYMMDDhhmm."""
    text = f"{minute:012}"
    start = instant(f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:]}:00Z")
    assert start is not None
    return start


def _are_texts(times: Sequence[str | None]) -> TypeGuard[Sequence[str]]:
    return all(times)


def _written_alike(times: Sequence[str]) -> int | None:
    """How many digits the seconds of all have behind the point, if all are times but for the day and the hour."""
    length = len(times[0])
    text = "".join(times)
    form = times[0].translate(_ZEROS)
    fraction = _fraction(form)
    if fraction is None or text.translate(_ZEROS) != form * len(times):
        return None
    # Minutes and seconds have to be below sixty.
    if any(text[place::length].strip("012345") for place in (_TENS_OF_MINUTES, _TENS_OF_SECONDS)):
        return None
    return fraction


@lru_cache(maxsize=64)
def _fraction(form: str) -> int | None:
    match = _SHAPE.fullmatch(form)
    return None if match is None else len(match[1] or "")
