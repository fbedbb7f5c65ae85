"""The report of a simulation on a terminal; snapshots are read as prose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from policyctl.report.simulate import text
from policyctl.simulate.gates import Bounds
from policyctl.simulate.result import Simulation

Simulate = Callable[..., Simulation]

DENIES_ALL = {"version": "1", "default": "deny", "tools": {}}


def plain(simulation: Simulation, width: int = 100) -> str:
    return text.render(simulation, color=False, width=width)


def test_the_shipped_story_explains_itself(exchange: Simulation, printed: SnapshotAssertion) -> None:
    assert plain(exchange) == printed


def test_a_log_without_values_says_what_to_record(gateway_log: Simulation, printed: SnapshotAssertion) -> None:
    assert plain(gateway_log) == printed


def test_hostile_names_are_shown_and_obeyed_by_nobody(hostile: Simulation, printed: SnapshotAssertion) -> None:
    report = plain(hostile)
    assert report == printed
    assert all(line.isprintable() for line in report.splitlines())
    assert not re.search(r"^\s*::|##\[", report, re.MULTILINE)


def test_an_empty_trace_is_said_to_be_empty(simulated: Simulate, printed: SnapshotAssertion) -> None:
    assert plain(simulated(DENIES_ALL, [])) == printed


def test_a_policy_that_denies_everything_needs_few_words(simulated: Simulate, printed: SnapshotAssertion) -> None:
    calls = [{"tool": "read", "session": "s"}, {"tool": "write", "session": "s"}]
    assert plain(simulated(DENIES_ALL, calls, good="session")) == printed


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_of_a_report_is_wider_than_the_terminal(exchange: Simulation, hostile: Simulation, width: int) -> None:
    for simulation in (exchange, hostile):
        lines = plain(simulation, width).splitlines()[:-1]
        # Tables of many numbers need some room, whatever the terminal has.
        assert max(map(columns, lines)) <= max(width, 100)


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def test_colour_changes_no_word(exchange: Simulation) -> None:
    coloured = text.render(exchange, color=True, width=100)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain(exchange)


def test_coverage_comes_first_and_what_was_checked_last(exchange: Simulation) -> None:
    lines = plain(exchange).splitlines()
    assert lines[0].startswith("coverage")
    assert lines[-1].startswith("checked 1 policy · 28 tools · 340 calls · allow 292")


def test_a_missing_grant_is_said_before_every_count(simulated: Simulate) -> None:
    limited = {"version": "1", "default": "allow", "tools": {"t": {"limits": [limit("n")]}}}
    lines = plain(simulated(limited, [{"tool": "t", "ts": "2026-01-01T00:00:00Z", "args": {}}])).splitlines()
    assert "limits count by grant, and 1 record names none" in lines[1]
    assert "--grant NAME" in lines[1]


def test_a_declared_grant_is_said_first(simulated: Simulate) -> None:
    lines = plain(simulated(DENIES_ALL, [{"tool": "t"}], grant="desk")).splitlines()
    assert lines[1] == "  declared: calls without a grant belong to `desk`"


def test_bad_lines_are_located(simulated: Simulate) -> None:
    report = plain(simulated(DENIES_ALL, [{"tool": "t"}, "{", '{"name": "t", "arguments": {}}']), width=160)
    assert "  2 of 3 lines could not be read\n  `trace.jsonl:2:2` the line is no JSON" in report
    assert "try `--map tool=/name,args=/arguments" in report


def test_long_tables_are_cut_with_a_count_of_the_rest(simulated: Simulate) -> None:
    many = {"version": "1", "default": "allow", "tools": {f"t{n}": {"limits": [limit(f"l{n}")]} for n in range(50)}}
    calls = [{"tool": f"t{n}", "grant": "g", "ts": "2026-01-01T00:00:00Z"} for n in range(50)]
    report = plain(simulated(many, calls))
    assert "  and 20 more, which the JSON report lists\n" in report
    assert "  and 30 more, which the JSON report lists\n" in report


def test_a_gate_that_fails_says_the_exit_code(simulated: Simulate) -> None:
    report = plain(simulated(DENIES_ALL, [{"tool": "t"}], bounds=Bounds(min_calls=2)))
    assert re.search(r"min-calls +2 +1 decided +FAIL, exit 4", report)


def limit(counter: str) -> dict[str, object]:
    return {"counter": counter, "max": 5, "window": "minute"}
