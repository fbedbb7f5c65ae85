"""Many times at once are read as one by one."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from policyctl.model.time import instant
from policyctl.replay.span import Span

_DATES = st.sampled_from(
    ["2026-03-02", "2026-03-02", "2026-03-03", "2024-02-29", "2026-02-29", "0000-01-01", "9999-12-31"]
)
_CLOCKS = st.builds(
    "{:02}:{:02}:{:02}".format,
    st.sampled_from([0, 8, 9, 19, 23, 24, 29]),
    st.sampled_from([0, 9, 10, 59, 60, 99]),
    st.sampled_from([0, 7, 59, 60, 61]),
)
_RESTS = st.sampled_from(["Z", "Z", ".5Z", ".123Z", ".000Z", ".123456789Z", ".1234567891Z", "z", "+01:00", ""])
_TIMES = st.builds("{}{}{}{}".format, _DATES, st.sampled_from(["T", "T", "t", " "]), _CLOCKS, _RESTS) | st.sampled_from(
    ["", "now", "٢026-03-02T08:00:00Z", "2026-03-02T08:00:0,Z"]
)
#: Mostly of one form, so that there is something to be read at once.
_ALIKE = st.builds(
    lambda day, rest, clocks: [f"{day}T{clock}{rest}" for clock in clocks],
    _DATES,
    _RESTS,
    st.lists(_CLOCKS, min_size=1) | st.lists(_CLOCKS, min_size=1).map(lambda clocks: sorted(set(clocks))),
)


@given(st.lists(st.none() | _TIMES, min_size=1, max_size=6) | _ALIKE)
@example(["2026-03-02T08:00:00.000Z", "2026-03-02T23:59:59.999Z"])
@example(["2026-03-02T08:00:00Z", "2026-03-02T24:00:00Z"])
@example(["2026-02-29T08:00:00Z", "2026-02-29T08:00:00Z"])
@example(["2026-03-02T08:00:00.5Z", "2026-03-02T08:00:01.0Z", "2026-03-02T08:59:59.9Z"])
@example(["2026-02-29T08:00:00Z", "2026-02-29T08:00:01Z"])
@example(["2026-03-02T24:00:00Z", "2026-03-02T24:00:01Z"])
def test_instants_and_extremes(times: list[str | None]) -> None:
    expected = [None if time is None else instant(time) for time in times]
    span = Span(times)
    assert list(span.instants) == expected
    timed = [at for at in expected if at is not None]
    found = span.extremes
    if found is not None:
        assert found == (min(timed), max(timed))
        assert None not in expected
    in_order = Span(times).in_order
    assert in_order == (timed if timed == expected == sorted(timed) else None)
