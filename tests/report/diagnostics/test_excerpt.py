"""The line of a diagnostic and the carets below it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.report.diagnostics.excerpt import WIDTH, Excerpt, excerpt
from policyctl.source.lines import Lines


def shown(text: str, marked: str, *, end: int | None = None) -> Excerpt:
    start = text.index(marked)
    lines = Lines(text)
    return excerpt(lines, lines.span(start, start + len(marked) if end is None else end))


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1 for character in text)


@pytest.mark.parametrize(
    ("text", "marked", "line", "carets"),
    [
        ("abc def", "def", "abc def", "    ^^^"),
        ("\tabc", "abc", "    abc", "    ^^^"),
        ("日本 x", "x", "日本 x", "     ^"),
        ("😀", "😀", "😀", "^^"),
        ("e\u0301 x", "x", "e\u0301 x", "  ^"),
        ("\x1b x", "x", "\\u001b x", "       ^"),
        ("a\x1bb", "\x1b", "a\\u001bb", " ^^^^^^"),
        ("first\r\nsecond\r\n", "second", "second", "^^^^^^"),
        ("abc", "", "abc", "^"),
    ],
)
def test_the_carets_stand_under_what_is_meant(text: str, marked: str, line: str, carets: str) -> None:
    assert shown(text, marked) == Excerpt(line, carets)


def test_of_several_lines_the_first_is_shown() -> None:
    assert shown("a: {\n  b\n}", "{", end=10) == Excerpt("a: {", "   ^")


def test_the_end_of_a_line_can_be_meant() -> None:
    lines = Lines("abc")
    assert excerpt(lines, lines.span(3, 3)) == Excerpt("abc", "   ^")


def test_of_a_long_line_the_part_around_the_place_is_shown() -> None:
    text = "x" * 10_000_000 + " HERE " + "y" * 10_000_000
    found = shown(text, "HERE")
    start = found.carets.index("^")
    assert found.line[start : start + 4] == "HERE"
    assert found.carets[start:] == "^^^^"
    assert (found.line[0], found.line[-1]) == ("…", "…")
    assert len(found.line) <= WIDTH + 2


def test_a_place_wider_than_the_excerpt_is_cut() -> None:
    found = shown("x" * 500, "x" * 500)
    assert (len(found.line), len(found.carets)) == (WIDTH + 1, WIDTH)


@given(st.text(st.sampled_from('ab\t日😀\x1b\u200b"'), min_size=1, max_size=200), st.data())
def test_the_carets_begin_at_the_place_whatever_stands_before_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    lines = Lines(text)
    found = excerpt(lines, lines.span(start, start + 1))
    lead = len(found.carets) - len(found.carets.lstrip())
    before = ""
    for character in found.line + " " * lead:  # an excerpt ends before trailing blanks
        if columns(before) >= lead:
            break
        before += character
    assert columns(before) == lead
    if text[start] in "ab日😀":
        assert found.line[len(before)] == text[start]
