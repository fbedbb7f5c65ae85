"""RFC 3339 times as exact integers."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

#: Nanoseconds in a second: the unit of every instant.
SECOND = 1_000_000_000

_RFC3339 = re.compile(
    r"(?P<minute>\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}):(?P<second>[0-5]\d|60)(?:\.(?P<fraction>\d+))?"
    r"(?P<zone>[Zz]|[+-]\d{2}:\d{2})",
    re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: The first and the last instant whose year in UTC has four digits.
_FIRST, _LAST = -62_135_596_800 * SECOND, 253_402_300_800 * SECOND - 1
#: The length of a time in milliseconds: of finer ones hardly two share their seconds.
_MILLISECONDS = len("2026-01-01T00:00:00.000Z")
_KEPT = 65_536
#: `2026-01-01T00:00` and `:00.000Z`, as they were met, in nanoseconds.
_minutes: dict[str, int] = {}
_seconds: dict[str, int] = {}


def instant(text: str) -> int | None:
    """Nanoseconds since 1970-01-01T00:00:00Z; None if `text` is no RFC 3339 time with a zone.

    A leap second is the first instant of the next minute; digits behind the ninth of a fraction are dropped.
    """
    # Recorded times come in order and in one form: most share their minute with others, and their seconds too.
    minute = _minutes.get(text[:16])
    if minute is not None:
        second = _seconds.get(text[16:])
        if second is not None:
            return minute + second
    return _parse(text)


def _parse(text: str) -> int | None:
    match = _RFC3339.fullmatch(text)
    if match is None:
        return None
    try:
        start = datetime.strptime(match["minute"].upper(), "%Y-%m-%dT%H:%M").replace(tzinfo=_zone(match["zone"]))
    except ValueError:
        return None
    # Counted from the epoch and not by timestamp(): that is a float, and year 1 has none in some zones.
    base = (start - _EPOCH) // timedelta(minutes=1) * 60 * SECOND
    fraction = (match["fraction"] or "")[:9].ljust(9, "0")
    second = int(match["second"]) * SECOND + int(fraction)
    if match["zone"] == "Z" and text[10] == "T":
        _remember(_minutes, text[:16], base)
        if len(text) <= _MILLISECONDS:
            _remember(_seconds, text[16:], second)
    return base + second


def _zone(text: str) -> timezone:
    if text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 23 or minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


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
