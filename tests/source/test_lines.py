"""Offsets as lines and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.source.lines import Lines

TEXTS = st.text(st.sampled_from("ab\r\n\u2028é😀\t"))


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("ab", 2, 1, 3),
        ("a\nb", 2, 2, 1),
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\n\rb", 3, 3, 1),
        ("é😀b", 2, 1, 3),
        ("a\u2028b", 2, 1, 3),
        ("a\n", 2, 2, 1),
    ],
)
def test_a_position_is_counted_in_code_points(text: str, offset: int, line: int, column: int) -> None:
    position = Lines(text).position(offset)
    assert (position.line, position.column) == (line, column)


@given(TEXTS)
def test_every_offset_is_found_again_in_its_line(text: str) -> None:
    lines = Lines(text)
    for offset, character in enumerate(text):
        position = lines.position(offset)
        assert lines.start(position.line) + position.column - 1 == offset
        if character not in "\r\n":
            assert lines.line(position.line)[position.column - 1] == character


@given(TEXTS)
def test_lines_hold_everything_but_their_ends(text: str) -> None:
    lines = Lines(text)
    whole = "".join(lines.line(number + 1) for number in range(len(lines)))
    assert whole == text.replace("\r", "").replace("\n", "")
