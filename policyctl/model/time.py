"""RFC 3339 times as exact integers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

#: Nanoseconds in a second: the unit of every instant.
SECOND = 1_000_000_000
#: No instant of a year with four digits is as early, or as late.
BEFORE_ALL_TIMES, AFTER_ALL_TIMES = -(2**127), 2**127

#: The hour is bounded here, since later versions of Python read 24:00 as the next day.
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}[Tt](?:[01]\d|2[0-3]):\d{2}:", re.ASCII)
_REST = re.compile(r"(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: What a datetime can hold, in nanoseconds: an offset may lead out of it.
_FIRST = -62_135_596_800 * SECOND
_LAST = 253_402_300_800 * SECOND - 1
_KEPT = 65_536
_MILLISECONDS = len(".000Z")


class _Parts(dict[str, int]):
    """Parts of times as they were met, in nanoseconds: recorded times share them. KeyError for what is no such part."""

    def __init__(self, parse: Callable[[str], int | None], longest: int) -> None:
        super().__init__()
        self._parse = parse
        self._longest = longest

    def __missing__(self, text: str) -> int:
        nanoseconds = self._parse(text)
        if nanoseconds is None:
            raise KeyError(text)
        if len(text) <= self._longest:
            if len(self) >= _KEPT:
                self.clear()
            self[text] = nanoseconds
        return nanoseconds


def instant(text: str) -> int | None:
    """Nanoseconds since 1970-01-01T00:00:00Z; None if `text` is no RFC 3339 time with a zone.

    A leap second is the first instant of the next minute; digits behind the ninth of a fraction are dropped.
    """
    try:
        return _minutes[text[:17]] + _SECONDS[text[17:19]] + _rests[text[19:]]
    except KeyError:
        return None


def instants(texts: Sequence[str | None]) -> list[int | None]:
    """The instant of each of many times; None where there is none."""
    try:
        # What `instant` does, without calling it.
        return [_minutes[text[:17]] + _SECONDS[text[17:19]] + _rests[text[19:]] for text in texts]  # type: ignore[index]
    except (KeyError, TypeError):
        return [None if text is None else instant(text) for text in texts]


def _parse_minute(text: str) -> int | None:
    if _MINUTE.fullmatch(text) is None:
        return None
    try:
        start = datetime.fromisoformat(text[:16].upper()).replace(tzinfo=UTC)
    except ValueError:
        return None
    # Counted from the epoch and not by timestamp(), which is a float.
    return (start - _EPOCH) // timedelta(minutes=1) * 60 * SECOND


def _parse_rest(text: str) -> int | None:
    """What comes behind the second: a fraction, and the zone's offset, which is taken off."""
    match = _REST.fullmatch(text)
    offset = None if match is None else _offset(match[2])
    if match is None or offset is None:
        return None
    return int((match[1] or "")[:9].ljust(9, "0")) - offset


def _offset(zone: str) -> int | None:
    if zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 23 or minutes > 59:
        return None
    offset = (hours * 60 + minutes) * 60 * SECOND
    return -offset if zone[0] == "-" else offset


#: `2026-01-01T00:00:`, `00` and `.000Z`.
_minutes = _Parts(_parse_minute, len("2026-01-01T00:00:"))
_SECONDS = {f"{second:02}": second * SECOND for second in range(61)}
_rests = _Parts(_parse_rest, _MILLISECONDS)


def format_instant(moment: int) -> str:
    """RFC 3339 in UTC, with milliseconds only where there are any; years 1 to 9999, beyond which the nearest is shown."""
    # An offset at the edge of the calendar makes instants that UTC cannot write.
    kept = min(max(moment, _FIRST), _LAST)
    whole = (_EPOCH + timedelta(seconds=kept // SECOND)).replace(tzinfo=None).isoformat()
    milliseconds = kept % SECOND // 1_000_000
    return whole + (f".{milliseconds:03d}Z" if milliseconds else "Z")
