"""Texts made to fit a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.report.escape import escape_terminal
from policyctl.report.page.measure import shorten, width_of, wrap

TEXTS = st.text(st.characters()).map(escape_terminal)


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("日本", 4), ("😀", 2), ("e\u0301", 1), ("é", 1)])
def test_a_wide_character_takes_two_columns_and_an_accent_none(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("orders", 6, "orders"),
        ("orders_per_minute", 10, "orders…ute"),
        ("日本語日本語", 7, "日本…語"),
        ("abcdef", 1, "a…"),
    ],
)
def test_a_long_name_keeps_both_ends(text: str, width: int, shown: str) -> None:
    assert shorten(text, width) == shown


@given(TEXTS, st.integers(8, 40))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    assert width_of(shorten(text, width)) <= width


@given(TEXTS, st.integers(8, 40))
def test_wrapping_loses_nothing_but_spaces_and_fits(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= width for line in lines)
