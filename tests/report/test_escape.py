"""Text from files on a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.report.escape import disarm_commands, escape_terminal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 日本 😀", "plain é 日本 😀"),
        ("\x1b[31m", "\\u001b[31m"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x7f\x9b", "\\u007f\\u009b"),
        ("\u202eabc\u2069", "\\u202eabc\\u2069"),
        ("a\u200bb\ufeff", "a\\u200bb\\ufeff"),
        ("\u2028\u00a0", "\\u2028\\u00a0"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("\u3164", "\\u3164"),
        ("[red]x[/] ::error::", "[red]x[/] ::error::"),
    ],
)
def test_what_a_terminal_would_obey_or_hide_is_shown(text: str, shown: str) -> None:
    assert escape_terminal(text) == shown


@given(st.text(st.characters()))
def test_what_is_shown_is_one_printable_line(text: str) -> None:
    shown = escape_terminal(text)
    assert shown.isprintable()
    assert escape_terminal(shown) == shown
    assert shown.encode().decode() == shown


@pytest.mark.parametrize(
    ("report", "disarmed"),
    [
        ("::error::boom", "\\u003a:error::boom"),
        ("one\n  ::set-output name=x::y", "one\n  \\u003a:set-output name=x::y"),
        ("\x1b[31m::error::boom", "\x1b[31m\\u003a:error::boom"),
        ("said ##[error]boom", "said \\u0023#[error]boom"),
        ("a::b ## [x] # [y]", "a::b ## [x] # [y]"),
    ],
)
def test_no_line_of_a_report_is_a_command_to_a_runner(report: str, disarmed: str) -> None:
    assert disarm_commands(report) == disarmed
    assert disarm_commands(disarmed) == disarmed
