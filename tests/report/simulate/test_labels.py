"""What the section on outcome labels says of odd labels."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policyctl.report.simulate import text
from policyctl.simulate.result import Simulation

Simulate = Callable[..., Simulation]

DENY = {"version": "1", "default": "deny"}
CALLS = [
    {"tool": "t", "session": "a", "meta": {"won": True}},
    {"tool": "t", "session": "b", "meta": {"won": False}},
]


def section(simulation: Simulation) -> str:
    return text.render(simulation, color=False, width=100).partition("\noutcome labels")[2].partition("\n\n")[0]


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ({"bad": "meta.win=true"}, "no session is an attack: look in the trace for the place and the value of"),
        ({"good": "meta.won=yes"}, "no session is benign: look in the trace for the place and the value of"),
    ],
)
def test_a_label_that_no_session_has_is_said_and_gets_no_figures(
    simulated: Simulate, labels: dict[str, str], said: str
) -> None:
    shown = section(simulated(DENY, CALLS, **labels))
    assert said in shown
    assert "this policy" not in shown


def test_the_label_that_some_session_has_is_scored_beside_one_that_none_has(simulated: Simulate) -> None:
    shown = section(simulated(DENY, CALLS, bad="meta.won=true", good="meta.won=maybe"))
    assert "attacks with any denial  1 of 1 (100%)" in shown
    assert "benign sessions broken" not in shown
    assert "no session is benign" in shown
