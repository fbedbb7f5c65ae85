"""RFC 3339 to exact instants and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.model.time import SECOND, format_instant, instant

_NOON = 1_772_366_400 * SECOND  # 2026-03-01T12:00:00Z


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T12:00:00Z", _NOON),
        ("2026-03-01t12:00:00z", _NOON),
        ("2026-03-01T12:00:00+00:00", _NOON),
        ("2026-03-01T12:00:00-00:00", _NOON),
        ("2026-03-01T14:30:00+02:30", _NOON),
        ("2026-02-28T12:01:00-23:59", _NOON),
        ("2026-03-02T11:59:00+23:59", _NOON),
        ("2026-03-01T12:00:00.5Z", _NOON + SECOND // 2),
        ("2026-03-01T12:00:00.50Z", _NOON + SECOND // 2),
        ("2026-03-01T12:00:00.007Z", _NOON + 7_000_000),
        ("2026-03-01T12:00:00.123456Z", _NOON + 123_456_000),
        ("2026-03-01T12:00:00.123456789Z", _NOON + 123_456_789),
        ("2026-03-01T12:00:00.123456789999Z", _NOON + 123_456_789),
        ("2026-03-01T12:00:59.999Z", _NOON + 60 * SECOND - 1_000_000),
        ("2026-03-01T12:00:60Z", _NOON + 60 * SECOND),
        ("2016-12-31T23:59:60Z", 1_483_228_800 * SECOND),
        ("2016-12-31T23:59:60.25Z", 1_483_228_800 * SECOND + SECOND // 4),
        ("2017-01-01T00:59:60+01:00", 1_483_228_800 * SECOND),
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59.999999999Z", -1),
        ("2024-02-29T00:00:00Z", 1_709_164_800 * SECOND),
        ("0001-01-01T00:00:00Z", -62_135_596_800 * SECOND),
        ("0001-01-01T00:00:00+10:00", (-62_135_596_800 - 36_000) * SECOND),
        ("9999-12-31T23:59:59Z", 253_402_300_799 * SECOND),
        ("9999-12-31T23:59:59-10:00", (253_402_300_799 + 36_000) * SECOND),
    ],
)
def test_a_time_with_a_zone_is_this_instant(text: str, expected: int) -> None:
    # Twice, since the second one may take the short way of a known minute.
    assert [instant(text), instant(text)] == [expected, expected]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Z",
        "yesterday",
        "2026-03-01",
        "2026-03-01T12:00:00",
        "2026-03-01T12:00Z",
        "2026-03-01 12:00:00Z",
        "2026-03-01T12:00:00 Z",
        " 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00Z\n",
        "2026-03-01T12:00:00,5Z",
        "2026-03-01T12:00:00.Z",
        "2026-03-01T12:00:61Z",
        "2026-03-01T12:00:60.5",
        "2026-03-01T12:60:00Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01T12:00:00+24:00",
        "2026-03-01T12:00:00+01:60",
        "2026-03-01T12:00:00+0100",
        "2026-03-01T12:00:00+01",
        "2026-03-01T12:00:00UTC",
        "2026-02-29T12:00:00Z",
        "2026-02-30T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-01-00T12:00:00Z",
        "0000-01-01T00:00:00Z",
        "26-03-01T12:00:00Z",
        "12026-03-01T12:00:00Z",
        "2026-3-1T12:00:00Z",
        "2026-03-01T1２:00:00Z",
        "٢٠٢٦-03-01T12:00:00Z",
        "2026-03-01T12:00:0٣Z",
        "2026-03-01T12:00:00.٣٣٣Z",
        "2026-03-01T12:00:1²Z",
        "2026-03-01T12:00:+1Z",
        "2026-03-01T12:00: 1Z",
        "20260301T120000Z",
        "1772366400",
        "2026-W09-7T12:00:00Z",
    ],
)
def test_anything_else_is_no_time(text: str) -> None:
    # The minute is known already, so that the short way has its chance to be wrong.
    assert instant("2026-03-01T12:00:00Z") == _NOON
    assert instant(text) is None


_MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30))  # noqa: DTZ001 - the zone is drawn beside it
_ZONES = st.integers(-1_439, 1_439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(_MOMENTS, _ZONES, st.sampled_from(["auto", "milliseconds", "microseconds"]))
def test_every_time_agrees_with_exact_calendar_arithmetic(moment: datetime, zone: timezone, timespec: str) -> None:
    aware = moment.replace(tzinfo=zone)
    written = aware.isoformat(timespec=timespec)
    elapsed = datetime.fromisoformat(written) - datetime(1970, 1, 1, tzinfo=UTC)
    assert instant(written) == elapsed // timedelta(microseconds=1) * 1_000
    assert instant(written.replace("+00:00", "Z")) == instant(written)


@given(st.text(st.sampled_from("0123456789TtZz:.-+ ٣\n"), max_size=30) | st.text(max_size=30))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    assert instant(text) is None or isinstance(instant(text), int)


@given(_MOMENTS)
def test_a_written_instant_reads_back_to_the_millisecond(moment: datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1_000 * 1_000, tzinfo=UTC)
    read = instant(whole.isoformat())
    assert read is not None
    assert instant(format_instant(read)) == read


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-03-01T13:00:00+01:00", "2026-03-01T12:00:00Z"),
        ("2026-03-01T12:00:00.0079Z", "2026-03-01T12:00:00.007Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("0099-01-01T00:00:00Z", "0099-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"),
    ],
)
def test_an_instant_is_written_in_utc_with_milliseconds_only_where_there_are_any(text: str, written: str) -> None:
    moment = instant(text)
    assert moment is not None
    assert format_instant(moment) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0001-01-01T00:00:00.5+10:00", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59-10:00", "9999-12-31T23:59:59.999Z"),
        ("9999-12-31T23:59:60Z", "9999-12-31T23:59:59.999Z"),
    ],
)
def test_what_utc_cannot_write_is_written_as_the_nearest_that_it_can(text: str, written: str) -> None:
    moment = instant(text)
    assert moment is not None
    assert format_instant(moment) == written
