"""How near the calls came to each limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from policyctl.report.page.parts import Sentence, Table
from policyctl.report.page.text import line_of
from policyctl.report.simulate.limits import limit_sections
from policyctl.simulate.result import Simulation

Simulate = Callable[..., Simulation]


def policy(*limits: dict[str, Any]) -> dict[str, Any]:
    written = [{"window": "minute", "scope": "session"} | limit for limit in limits]
    return {"version": "1", "default": "allow", "tools": {"t": {"limits": written}}}


def calls(*seconds: int, **fields: Any) -> list[dict[str, Any]]:
    start = {"tool": "t", "session": "s", "args": {}}
    return [start | {"ts": f"2026-01-01T00:{at // 60:02}:{at % 60:02}Z"} | fields for at in seconds]


def rows(simulation: Simulation) -> list[list[str]]:
    [section] = limit_sections(simulation)
    [table] = [block for block in section.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row.cells] for row in table.rows]


def notes(simulation: Simulation) -> list[str]:
    [section] = limit_sections(simulation)
    [table] = [block for block in section.blocks if isinstance(block, Table)]
    return [line_of(row.note) for row in table.rows if row.note]


def test_a_limit_shows_its_peak_its_use_and_what_would_be_enough(simulated: Simulate) -> None:
    found = rows(simulated(policy({"counter": "c", "max": 4}), calls(1, 2, 3)))
    assert found == [["t · c", "4 a minute", "3", "███████░░░  75%", "·", "3"]]


@pytest.mark.parametrize(
    ("count", "bar"),
    [
        (1, "█░░░░░░░░░   1%"),
        (99, "█████████░  99%"),
        (100, "██████████ 100%"),
    ],
)
def test_a_bar_is_full_only_if_the_window_is(simulated: Simulate, count: int, bar: str) -> None:
    assert rows(simulated(policy({"counter": "c", "max": 100}), calls(*[1] * count)))[0][3] == bar


def test_limits_that_denied_come_first_then_the_fullest(simulated: Simulate) -> None:
    limits = [{"counter": "wide", "max": 100}, {"counter": "near", "max": 3}, {"counter": "full", "max": 2}]
    found = rows(simulated(policy(*limits), calls(1, 2, 3)))
    assert [row[0] for row in found] == ["t · full", "t · near", "t · wide"]
    assert [row[4] for row in found] == ["1", "·", "·"]


def test_a_burst_across_two_windows_is_explained(simulated: Simulate) -> None:
    simulation = simulated(policy({"counter": "c", "max": 2}), calls(58, 59, 60, 61))
    [note] = notes(simulation)
    assert note.endswith("at 2026-01-01T00:00:59Z; a burst across two windows: sliding ones would deny 2 more calls")


def test_an_amount_is_named_by_its_argument(simulated: Simulate) -> None:
    limit = {"counter": "spend", "max": 10, "window": 90, "amount_from": "args.amount"}
    simulation = simulated(policy(limit), calls(1, 2, args={"amount": 2.25}))
    assert rows(simulation) == [["t · spend", "10 in 90 s", "4.5", "████░░░░░░  45%", "·", "4.5"]]
    assert notes(simulation) == ["each session, sum of `args.amount`; fullest for `s` at 2026-01-01T00:00:02Z"]


def test_uncertain_use_is_a_lower_bound_and_explained(simulated: Simulate) -> None:
    simulation = simulated(policy({"counter": "c", "max": 3}), [*calls(1), *calls(2, session=None)])
    assert rows(simulation)[0][2] == "≥ 1"
    [section] = limit_sections(simulation)
    said = [line_of(block) for block in section.blocks if isinstance(block, Sentence)]
    assert "≥: undetermined calls may have used up more" in said


def test_limits_that_counted_nothing_are_counted(simulated: Simulate) -> None:
    idle = policy({"counter": "a", "max": 1}, {"counter": "b", "max": 1})
    [section] = limit_sections(simulated(idle, [{"tool": "other"}]))
    said = [line_of(block) for block in section.blocks if isinstance(block, Sentence)]
    assert said[-1] == "2 limits counted no call"
