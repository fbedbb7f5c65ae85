"""The first and the last of many recorded times, without working out each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeGuard

from policyctl.model.time import instant

_ZEROS = str.maketrans("123456789", "000000000")
#: Times in UTC of one length are in the order of their texts.
_SHAPE = re.compile(r"0000-00-00T00:00:00(?:\.0+)?Z")
_DAY, _TENS_OF_MINUTES, _TENS_OF_SECONDS = 11, 14, 17


def extremes(times: Sequence[str | None]) -> tuple[int, int] | None:
    """The first and the last instant; None if this cannot be told without a look at each, as for one that is no time."""
    if not _are_texts(times):
        return None
    length = len(times[0])
    text = "".join(times)
    if text.translate(_ZEROS) != _shape(times[0].translate(_ZEROS), len(times)):
        return None
    first, last = min(times), max(times)
    # On one day every hour between the two is one; minutes and seconds have to be below sixty.
    if first[:_DAY] != last[:_DAY] or any(
        text[place::length].strip("012345") for place in (_TENS_OF_MINUTES, _TENS_OF_SECONDS)
    ):
        return None
    start, end = instant(first), instant(last)
    return None if start is None or end is None else (start, end)


def _are_texts(times: Sequence[str | None]) -> TypeGuard[Sequence[str]]:
    return all(times)


@lru_cache(maxsize=64)
def _shape(one: str, count: int) -> str | None:
    return one * count if _SHAPE.fullmatch(one) else None
