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
_MINUTES_KEPT = 4_096
_minutes: dict[str, int] = {}


def instant(text: str) -> int | None:
    """Nanoseconds since 1970-01-01T00:00:00Z; None if `text` is no RFC 3339 time with a zone.

    A leap second is the first instant of the next minute; digits behind the ninth of a fraction are dropped.
    """
    # Recorded times come in order: almost every one shares its minute with its predecessor.
    if text[-1:] == "Z" and text[16:17] == ":":
        base = _minutes.get(text[:16])
        if base is not None:
            rest = text[17:-1]
            if len(rest) == 2 and rest.isdecimal() and rest.isascii() and rest < "60":
                return base + int(rest) * SECOND
            if len(rest) == 6 and rest[2] == "." and rest < "60":
                digits = rest[:2] + rest[3:]
                if digits.isdecimal() and digits.isascii():
                    return base + int(digits) * 1_000_000
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
    if match["zone"] == "Z" and text[10] == "T":
        _remember(text[:16], base)
    fraction = (match["fraction"] or "")[:9].ljust(9, "0")
    return base + int(match["second"]) * SECOND + int(fraction)


def _zone(text: str) -> timezone:
    if text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 23 or minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _remember(minute: str, base: int) -> None:
    if len(_minutes) >= _MINUTES_KEPT:
        _minutes.clear()
    _minutes[minute] = base


def format_instant(moment: int) -> str:
    """RFC 3339 in UTC, with milliseconds only where there are any; years 1 to 9999, beyond which the nearest is shown."""
    # An offset at the edge of the calendar makes instants that UTC cannot write.
    kept = min(max(moment, _FIRST), _LAST)
    whole = (_EPOCH + timedelta(seconds=kept // SECOND)).replace(tzinfo=None).isoformat()
    milliseconds = kept % SECOND // 1_000_000
    return whole + (f".{milliseconds:03d}Z" if milliseconds else "Z")
