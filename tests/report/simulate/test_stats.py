"""The counts alone are the counts of the report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policyctl.report.simulate import json as full
from policyctl.report.simulate import stats
from policyctl.simulate.result import Simulation

Simulate = Callable[..., Simulation]

COVERAGE = (
    "calls",
    "sessions",
    "decided",
    "undetermined",
    "duplicates",
    "renamed",
    "late",
    "without_session",
    "without_grant",
    "without_time",
    "bad_times",
)


def expected(report: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What the lines have to say, made from the JSON report alone."""
    for trace in report["traces"]:
        yield f"traces/{segment(trace['file'])}/lines", trace["lines"]
        yield f"traces/{segment(trace['file'])}/bad_lines", trace["bad_lines"]
    for name in COVERAGE:
        yield f"coverage/{name}", report["coverage"][name]
    for cause in report["coverage"]["causes"]:
        yield f"coverage/causes/{segment(cause['cause'])}", cause["calls"]
    for server in report["coverage"]["not_governed"]:
        yield f"coverage/not_governed/{segment(server['server'])}", server["calls"]
    for verdict, calls in report["verdicts"].items():
        yield f"verdicts/{verdict}", calls
    for tool in report["tools"]:
        server = "" if tool["server"] is None else f"/{segment(tool['server'])}"
        for verdict, calls in tool["verdicts"].items():
            yield f"tools{server}/{segment(tool['tool'])}/{verdict}", calls
    for rule in report["rules"]:
        yield f"rules/{segment(rule['policy'])}{rule['pointer']}", rule["calls"]
    for limit in report["limits"]:
        name = f"limits/{segment(limit['policy'])}{limit['pointer']}"
        yield f"{name}/denied", limit["denied"]
        yield f"{name}/sliding_denied", limit["sliding_denied"]
        yield f"{name}/peak", limit["peak"]["used"]
        yield f"{name}/enough", limit["enough"]
        yield f"{name}/subjects", limit["subjects"]


def segment(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def assert_same_counts(simulation: Simulation) -> None:
    told = [line.split(" ") for line in stats.render(simulation).splitlines()]
    wanted = [[name, str(value)] for name, value in expected(json.loads(full.render(simulation)))]
    assert sorted(told) == sorted(wanted)


def test_the_shipped_story_has_the_same_counts(exchange: Simulation) -> None:
    assert_same_counts(exchange)


def test_a_log_without_values_has_the_same_counts(gateway_log: Simulation) -> None:
    assert_same_counts(gateway_log)


@pytest.mark.parametrize("name", ["agentdojo", "coding-sessions", "livemcpbench"])
def test_a_real_trace_has_the_same_counts(name: str, simulated: Simulate, shared_data: Path) -> None:
    trace = shared_data / "traces" / f"{name}.jsonl"
    assert_same_counts(simulated(Path(f"tests/real/policies/{name}.json"), trace))


def test_an_empty_trace_has_the_same_counts(simulated: Simulate) -> None:
    assert_same_counts(simulated({"version": "1", "default": "deny"}, []))


def test_every_line_is_a_name_and_a_value_whatever_the_tools_are_called(hostile: Simulation) -> None:
    lines = stats.render(hostile).splitlines()
    assert all(line.isprintable() and len(line.split(" ")) == 2 for line in lines)
    names = [line.split(" ")[0] for line in lines]
    assert len(set(names)) == len(names)
    assert r"tools/two\nlines\u001b[31m\u202e/two\nlines\u001b[31m\u202e/deny 1" in lines
