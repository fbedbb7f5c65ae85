"""The report of a simulation for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policyctl import SEMANTICS, __version__
from policyctl.report.simulate.json import render
from policyctl.simulate.result import Simulation

Simulate = Callable[..., Simulation]
Published = Callable[[str], Any]

REAL = ("agentdojo", "coding-sessions", "livemcpbench", "tau", "workbench")


def test_the_shipped_story_conforms_to_the_schema(exchange: Simulation, published: Published) -> None:
    report = published(render(exchange))
    assert (report["policyctl"], report["semantics"], report["exit"]) == (__version__, SEMANTICS, 0)
    assert report["verdicts"] == {"allow": 292, "deny": 40, "approval": 4, "undetermined": 4}
    assert report["labels"]["baselines"]["deny_everything"] == {
        "stopped": report["labels"]["bad"]["sessions"],
        "broken": report["labels"]["good"]["sessions"],
    }


def test_hostile_names_are_data(hostile: Simulation, published: Published) -> None:
    report = published(render(hostile))
    assert {"two\nlines\x1b[31m\u202e", "😀 日本語", "::error::file=x,line=1::boom"} <= {
        tool["tool"] for tool in report["tools"]
    }


def test_a_log_without_values_conforms_to_the_schema(gateway_log: Simulation, published: Published) -> None:
    report = published(render(gateway_log))
    assert report["coverage"]["undetermined"] == sum(cause["calls"] for cause in report["coverage"]["causes"])


@pytest.mark.parametrize("name", REAL)
def test_the_report_of_a_real_trace_conforms_and_adds_up(
    name: str, simulated: Simulate, published: Published, shared_data: Path
) -> None:
    trace = shared_data / "traces" / f"{name}.jsonl"
    report = published(render(simulated(Path(f"tests/real/policies/{name}.json"), trace)))
    calls = report["coverage"]["calls"]
    assert calls > 0
    assert sum(report["verdicts"].values()) == calls
    assert sum(tool["calls"] for tool in report["tools"]) == calls
    assert sum(rule["calls"] for rule in report["rules"]) == report["verdicts"]["deny"] + report["verdicts"]["approval"]


def test_the_compact_form_is_the_same_report_on_one_line(exchange: Simulation) -> None:
    compact = render(exchange, compact=True)
    assert compact.count("\n") == 1
    assert json.loads(compact) == json.loads(render(exchange))


def test_an_empty_trace_conforms_to_the_schema(simulated: Simulate, published: Published) -> None:
    report = published(render(simulated({"version": "1", "default": "deny"}, [])))
    assert report["exit"] == 3
    assert (report["tools"], report["rules"], report["coverage"]["first"]) == ([], [], None)


def test_sums_of_amounts_stay_exact(simulated: Simulate, published: Published) -> None:
    limit = {"counter": "spend", "max": 10, "window": "day", "scope": "session", "amount_from": "args.amount"}
    policy = {"version": "1", "default": "allow", "tools": {"pay": {"limits": [limit]}}}
    call = {"tool": "pay", "session": "s", "ts": "2026-01-01T00:00:00Z", "args": {"amount": 0.99}}
    [row] = published(render(simulated(policy, [call] * 12)))["limits"]
    assert (row["max"], row["peak"]["used"], row["headroom"], row["enough"]) == (10, 9.9, 0.1, 11.88)
    assert (row["denied"], row["sliding_denied"], row["amount_from"]) == (2, 2, "args.amount")
