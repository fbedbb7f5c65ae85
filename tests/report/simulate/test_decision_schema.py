"""Each line of `--decisions` is what its schema says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from policyctl.report.simulate.decisions import DecisionLines
from policyctl.simulate.result import Simulation

Simulate = Callable[..., Simulation]

SCHEMA = json.loads(
    (Path(__file__).parent.parent.parent.parent / "schemas/output/decision.v1.schema.json").read_text("utf-8")
)
LINE = Draft202012Validator(SCHEMA)
ALLOWED = {
    "verdict": "allow",
    "rule": "",
    "message": "",
    "pointer": None,
    "tool": "t",
    "session": None,
    "source": {"file": "a.jsonl", "line": 1},
}


@pytest.mark.parametrize("show_args", [False, True])
@pytest.mark.parametrize("trace", ["exchange", "exchange-gateway-log"])
def test_every_decision_on_a_shipped_trace_conforms(simulated: Simulate, trace: str, show_args: bool) -> None:
    out = io.BytesIO()
    lines = DecisionLines(out, show_args=show_args)
    policy = Path("fixtures/policies/exchange.json")
    simulation = simulated(policy, Path(f"fixtures/traces/{trace}.jsonl"), watchers=[lines])
    decisions = [json.loads(line) for line in out.getvalue().splitlines()]
    for decision in decisions:
        LINE.validate(decision)
        assert ("args" in decision) is show_args
    assert len(decisions) == simulation.coverage.calls


def test_arguments_beyond_the_range_of_numbers_are_shown_in_json(simulated: Simulate) -> None:
    out = io.BytesIO()
    call = '{"tool": "t", "args": {"a": [1e400, -1e400, 1]}}'
    simulated({"version": "1", "default": "allow"}, [call], watchers=[DecisionLines(out, show_args=True)])
    assert b'"args":{"a":[1e999,-1e999,1]}' in out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "maybe"},
        {"verdict": "undetermined"},
        {"cause": "no-time", "causes": ["no-time"]},
        {"verdict": "undetermined", "cause": "no-time"},
        {"pointer": "tools"},
        {"source": {"file": "a.jsonl"}},
        {"unknown": 1},
    ],
)
def test_what_a_decision_must_not_look_like_is_refused(change: dict[str, Any]) -> None:
    assert LINE.is_valid(ALLOWED)
    assert not LINE.is_valid(ALLOWED | change)
