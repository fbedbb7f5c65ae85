"""RFC 3339 times as exact integers."""

from __future__ import annotations

import re
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
#: `2026-01-01T00:00:`, `00` and `.000Z` as they were met, in nanoseconds: recorded times share their parts.
_minutes: dict[str, int] = {}
_SECONDS = {f"{second:02}": second * SECOND for second in range(61)}
_rests: dict[str, int] = {"Z": 0}
_MILLISECONDS = len(".000Z")


def instant(text: str) -> int | None:
    """Nanoseconds since 1970-01-01T00:00:00Z; None if `text` is no RFC 3339 time with a zone.

    A leap second is the first instant of the next minute; digits behind the ninth of a fraction are dropped.
    """
    minute = _minutes.get(text[:17])
    if minute is None:
        minute = _parse_minute(text[:17])
    second = _SECONDS.get(text[17:19])
    rest = _rests.get(text[19:])
    if rest is None:
        rest = _parse_rest(text[19:])
    return None if minute is None or second is None or rest is None else minute + second + rest


def _parse_minute(text: str) -> int | None:
    if _MINUTE.fullmatch(text) is None:
        return None
    try:
        start = datetime.fromisoformat(text[:16].upper()).replace(tzinfo=UTC)
    except ValueError:
        return None
    # Counted from the epoch and not by timestamp(), which is a float.
    minute = (start - _EPOCH) // timedelta(minutes=1) * 60 * SECOND
    _remember(_minutes, text, minute)
    return minute


def _parse_rest(text: str) -> int | None:
    """What comes behind the second: a fraction, and the zone's offset, which is taken off."""
    match = _REST.fullmatch(text)
    offset = None if match is None else _offset(match[2])
    if match is None or offset is None:
        return None
    rest = int((match[1] or "")[:9].ljust(9, "0")) - offset
    if len(text) <= _MILLISECONDS:
        _remember(_rests, text, rest)
    return rest


def _offset(zone: str) -> int | None:
    if zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 23 or minutes > 59:
        return None
    offset = (hours * 60 + minutes) * 60 * SECOND
    return -offset if zone[0] == "-" else offset


def _remember(known: dict[str, int], text: str, nanoseconds: int) -> None:
    if len(known) >= _KEPT:
        known.clear()
    known[text] = nanoseconds


def format_instant(moment: int) -> str:
    """RFC 3339 in UTC, with milliseconds only where there are any; years 1 to 9999, beyond which the nearest is shown."""
    # An offset at the edge of the calendar makes instants that UTC cannot write.
    kept = min(max(moment, _FIRST), _LAST)
    whole = (_EPOCH + timedelta(seconds=kept // SECOND)).replace(tzinfo=None).isoformat()
    milliseconds = kept % SECOND // 1_000_000
    return whole + (f".{milliseconds:03d}Z" if milliseconds else "Z")
