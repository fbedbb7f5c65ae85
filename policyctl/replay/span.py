"""The times of many records at once, where they are written alike.

Times of one form in UTC are in the order of their texts, and their digits are numbers in that order too. Whatever is not
written like that is read one by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeGuard

import msgspec

from policyctl.model.time import SECOND, instant, instants

_ZEROS = str.maketrans("123456789", "000000000")
_DIGITS = str.maketrans({"-": None, ":": None, "T": None, ".": None, "Z": ","})
_SHAPE = re.compile(r"0000-00-00T00:00:00(?:\.(0{1,9}))?Z")
_DAY, _TENS_OF_MINUTES, _TENS_OF_SECONDS = 11, 14, 17
_numbers = msgspec.json.Decoder(list[int]).decode


def extremes(times: Sequence[str | None], *, rise: bool = False) -> tuple[int, int] | None:
    """The first and the last instant; None if this cannot be told without a look at each.

    `rise` says that every text is behind the one before.
    """
    if not _are_texts(times) or _written_alike(times) is None:
        return None
    first, last = (times[0], times[-1]) if rise else (min(times), max(times))
    # On one day every hour between the two is one.
    if first[:_DAY] != last[:_DAY]:
        return None
    start, end = instant(first), instant(last)
    return None if start is None or end is None else (start, end)


def all_instants(times: Sequence[str | None]) -> list[int | None]:
    """The instant of each; None where there is none."""
    if not _are_texts(times) or (fraction := _written_alike(times)) is None:
        return instants(times)
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
