"""What a rule costs is told for the calls that reach it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.replay.costs import rule_costs
from policyctl.replay.routing import Assignment
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.traces.read import TraceFile


def policy(tools: dict[str, Any], name: str = "policy.json") -> Policy:
    document = read_document(name, json.dumps({"version": "1", "default": "allow", "tools": tools}).encode())
    assert isinstance(document, Document)
    found = read_policy(document).policy
    assert found is not None
    return found


def predicate(path: str, op: str, value: Any) -> dict[str, Any]:
    return {"conditions": [{"path": f"args.{path}", "op": op, "value": value}]}


def costs(
    tmp_path: Path, calls: list[dict[str, Any]], *assignments: Assignment
) -> tuple[dict[tuple[str, str], int], int]:
    trace = tmp_path / "calls.jsonl"
    trace.write_text("".join(json.dumps(call) + "\n" for call in calls), "utf-8")
    found, count = rule_costs(assignments, TraceFile(str(trace)).calls())
    assert [cost.total for cost in found] == sorted((cost.total for cost in found), reverse=True)
    assert all(cost.seconds >= 0 for cost in found)
    return {(cost.policy, cost.pointer): cost.reached for cost in found}, count


PAY = {
    "require": [predicate("amount", "lte", 10), predicate("to", "exists", True)],
    "deny_if": [predicate("to", "eq", "x")],
}


def test_a_rule_is_reached_by_the_calls_that_those_before_let_pass(tmp_path: Path) -> None:
    arguments: tuple[dict[str, Any], ...] = (
        {"amount": 5, "to": "x"},
        {"amount": 5, "to": "y"},
        {"amount": 50, "to": "y"},
        {"amount": 5},
        {},
    )
    calls = [{"tool": "pay", "args": args} for args in arguments]
    reached, count = costs(tmp_path, calls, Assignment(policy({"pay": PAY})))
    assert count == 5
    assert reached == {
        ("policy.json", "/tools/pay/require/0"): 5,
        ("policy.json", "/tools/pay/require/1"): 3,
        ("policy.json", "/tools/pay/deny_if/0"): 2,
    }


def test_a_rule_that_no_call_reaches_is_not_told(tmp_path: Path) -> None:
    calls = [{"tool": "pay", "args": {"amount": 11}}, {"tool": "see", "args": {}}]
    reached, count = costs(tmp_path, calls, Assignment(policy({"pay": PAY, "see": {"action": "deny"}})))
    assert (list(reached), count) == ([("policy.json", "/tools/pay/require/0")], 2)


def test_one_rule_under_two_names_of_its_tool_is_one(tmp_path: Path) -> None:
    calls = [{"tool": name, "args": {"amount": 11}} for name in ("pay", "mcp__shop__pay", "mcp__shop__pay")]
    reached, _ = costs(tmp_path, calls, Assignment(policy({"pay": PAY})))
    assert reached == {("policy.json", "/tools/pay/require/0"): 3}


@pytest.mark.parametrize("args", [None, [], "text"])
def test_calls_without_arguments_that_could_be_asked_about_are_counted_and_left_out(args: Any, tmp_path: Path) -> None:
    reached, count = costs(tmp_path, [{"tool": "pay", "args": args}, {"tool": "pay"}], Assignment(policy({"pay": PAY})))
    assert not [pointer for pointer, calls in reached.items() if calls > count]


def test_policies_of_two_servers_are_told_apart(tmp_path: Path) -> None:
    calls = [{"tool": "pay", "server": server, "args": {"amount": 11}} for server in ("a", "b", "b", "c")]
    assignments = [Assignment(policy({"pay": PAY}, f"{server}.json"), None, server) for server in "ab"]
    reached, _ = costs(tmp_path, calls, *assignments)
    assert reached == {("a.json", "/tools/pay/require/0"): 1, ("b.json", "/tools/pay/require/0"): 2}
