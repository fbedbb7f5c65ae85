from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.model.threshold import Threshold


@pytest.mark.parametrize(
    ("text", "count", "total", "exceeded"),
    [
        ("0", 0, 10, False),
        ("0", 1, 10, True),
        ("5", 5, 10, False),
        ("5", 6, 10, True),
        ("10%", 1, 10, False),
        ("10%", 2, 10, True),
        ("0.1%", 1, 1000, False),
        ("0.1 %", 1, 999, True),
        ("0%", 0, 0, False),
        ("100%", 10, 10, False),
    ],
)
def test_a_threshold_is_exceeded_by_more_and_not_by_as_many(text: str, count: int, total: int, exceeded: bool) -> None:
    threshold = Threshold.parse(text)
    assert threshold is not None
    assert threshold.is_exceeded_by(count, total) is exceeded


@pytest.mark.parametrize("text", ["", "-1", "1.5", "101%", "x%", "%", "1e3", "٣", "5 % of all"])
def test_what_is_neither_count_nor_percentage_is_none(text: str) -> None:
    assert Threshold.parse(text) is None


@given(st.integers(0, 10**12))
def test_a_count_reads_back(count: int) -> None:
    assert str(Threshold.parse(str(count))) == str(count)


@pytest.mark.parametrize("text", ["2.5%", "0.125%", "100%", "0%"])
def test_a_share_reads_back(text: str) -> None:
    assert str(Threshold.parse(text)) == text
