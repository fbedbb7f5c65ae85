"""What is said of a record before any count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from policyctl.report.page.parts import Sentence
from policyctl.report.page.text import line_of
from policyctl.report.simulate.coverage import coverage_section
from policyctl.simulate.result import Simulation

Simulate = Callable[..., Simulation]

POLICY = {"version": "1", "default": "allow", "tools": {"t": {}}}
CALL = {"tool": "t", "session": "s", "grant": "g", "ts": "2026-01-01T00:00:00Z", "args": {}}
PLAIN = ["1 call in 1 session, at 2026-01-01T00:00:00Z", "all of them decided"]


def sentences(simulation: Simulation) -> list[str]:
    return [line_of(block) for block in coverage_section(simulation).blocks if isinstance(block, Sentence)]


def test_a_complete_record_needs_two_sentences(simulated: Simulate) -> None:
    assert sentences(simulated(POLICY, [CALL])) == PLAIN


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"duplicates": 2}, "2 repeated records were dropped"),
        (
            {"bad_times": 1},
            "1 time is no RFC 3339 time with a zone, such as `2026-03-02T08:00:20Z`, and taken as missing",
        ),
        (
            {"late": 1},
            "1 record is too far behind in time for the counts of its limits; `--lateness` keeps them longer",
        ),
        ({"untimed": 3, "without_session": 1}, "3 records without a time, 1 record without a session"),
        ({"approvals_on_record": 1}, "1 approval on record"),
        (
            {"not_governed": {"a": 1, "b": 2}},
            "3 calls are not governed, since no policy is for the server: `a` (1 call), `b` (2 calls)",
        ),
        ({"servers": ("a", "b")}, "one policy judged the calls of 2 servers: `a`, `b`"),
    ],
)
def test_what_came_up_is_said_and_nothing_else(simulated: Simulate, change: dict[str, Any], said: str) -> None:
    simulation = simulated(POLICY, [CALL])
    changed = replace(simulation, coverage=replace(simulation.coverage, **change))
    assert [sentence for sentence in sentences(changed) if sentence not in PLAIN] == [said]


def test_a_broken_archive_is_named(simulated: Simulate) -> None:
    simulation = simulated(POLICY, [CALL])
    broken = replace(simulation, traces=(replace(simulation.traces[0], truncated=True),))
    assert sentences(broken)[-1] == "the archive `trace.jsonl` breaks off; what came before that was kept"


def test_a_prefix_that_was_left_out_is_shown_by_an_example(simulated: Simulate) -> None:
    renamed = sentences(simulated(POLICY, [CALL | {"tool": "mcp__x__t"}]))
    assert renamed[-1] == "1 call names its tool with a client's prefix: `mcp__x__t` is `t` in the policy"


def test_the_span_of_time_is_said_in_utc(simulated: Simulate) -> None:
    first = sentences(simulated(POLICY, [CALL, CALL | {"ts": "2026-01-02T01:00:00+01:00"}]))[0]
    assert first == "2 calls in 1 session, from 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z"
