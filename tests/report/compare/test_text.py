"""The report of a comparison on a terminal; snapshots are read as prose."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from policyctl.report.compare import text
from policyctl.simulate.compare.result import Comparison
from tests.simulate.compare.compared import compared


def plain(comparison: Comparison, width: int = 100) -> str:
    return text.render(comparison, color=False, width=width)


def test_the_shipped_change_explains_itself(exchange: Comparison, printed: SnapshotAssertion) -> None:
    assert plain(exchange) == printed


def test_fidelity_comes_before_every_change(gateway_log: Comparison, printed: SnapshotAssertion) -> None:
    assert plain(gateway_log) == printed


def test_hostile_names_are_shown_and_obeyed_by_nobody(hostile: Comparison, printed: SnapshotAssertion) -> None:
    report = plain(hostile)
    assert report == printed
    assert all(line.isprintable() for line in report.splitlines())
    assert not re.search(r"^\s*::|##\[", report, re.MULTILINE)


OPEN = {"version": "1", "default": "allow"}


def test_a_trace_without_a_call_needs_few_words(printed: SnapshotAssertion) -> None:
    assert plain(compared(OPEN, OPEN, [])) == printed


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_of_a_report_is_wider_than_the_terminal(exchange: Comparison, width: int) -> None:
    lines = plain(exchange, width).splitlines()[:-1]
    # Tables of many numbers need some room, whatever the terminal has.
    assert max(map(len, lines)) <= max(width, 100)


def test_colour_changes_no_word(exchange: Comparison) -> None:
    coloured = text.render(exchange, color=True, width=100)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain(exchange)


def test_the_matrix_is_whole_even_if_nothing_changes() -> None:
    report = plain(compared(OPEN, OPEN, [{"tool": "t"}]))
    assert re.search(r"base ↓ new → +allow +deny +approval +undetermined\n +allow +1 +· +· +·\n +deny", report)


def test_calls_without_a_session_are_counted_apart() -> None:
    denies = {"version": "1", "default": "deny"}
    report = plain(compared(OPEN, denies, [{"tool": "t"}, {"tool": "t", "session": "s"}]))
    assert re.search(r"newly-denied +2 +100% +1 +1 ", report)
    assert "of calls without a session nobody knows which of them follow a change" in report
