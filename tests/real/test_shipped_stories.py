"""The recordings of the cluster and the browser tell the stories that their page promises."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.recordings import ROOT, SHIPPED

if TYPE_CHECKING:
    from tests.conftest import Run

STORIES = ("cluster", "browser-mcp")


@pytest.fixture
def sessions(run: Run) -> dict[str, list[Any]]:
    """The decisions of both recordings by session, in order."""
    told: dict[str, list[Any]] = {}
    for name in STORIES:
        trace, policy = f"fixtures/traces/{name}.jsonl", f"fixtures/policies/{SHIPPED[name]}"
        result = run(["simulate", trace, "--policy", policy, "--decisions", "-"], cwd=ROOT)
        assert (result.code, result.stderr) == (0, "")
        for decision in map(json.loads, result.stdout.splitlines()):
            told.setdefault(decision["session"], []).append(decision)
    return told


@pytest.mark.parametrize(
    ("session", "verdicts"),
    [
        ("incident-204", {"allow": 12}),
        ("incident-205", {"allow": 3, "deny": 9}),
        ("load-test-3", {"allow": 7, "deny": 2}),
        ("trial-12", {"allow": 5}),
        ("trial-13", {"deny": 2, "approval": 1}),
        ("maintenance-7", {"allow": 1, "deny": 3}),
        ("incident-206", {"allow": 3, "deny": 8}),
        ("incident-207", {"allow": 2}),
        ("stock-monday", {"allow": 14}),
        ("delivery-notes", {"allow": 6, "deny": 11, "approval": 1}),
        ("price-list", {"allow": 6, "deny": 13}),
    ],
)
def test_a_session_goes_as_its_story_says(
    sessions: dict[str, list[Any]], session: str, verdicts: dict[str, int]
) -> None:
    assert Counter(decision["verdict"] for decision in sessions[session]) == verdicts


def test_a_story_turns_on_the_rule_that_it_is_about(sessions: dict[str, list[Any]]) -> None:
    def rules(session: str) -> list[str]:
        return [decision["rule"] for decision in sessions[session] if decision["verdict"] != "allow"]

    assert rules("load-test-3")[0] == "/tools/resources_scale/limits/scalings_per_hour"
    assert rules("maintenance-7")[1] == "/tools/node_management/limits/nodes_per_hour"
    assert rules("trial-13")[:2] == ["/tools/helm_install/require/args.chart-regex", "/tools/helm_install/action"]


@pytest.mark.parametrize(("session", "asked"), [("incident-206", slice(2, 10)), ("price-list", slice(2, 9))])
def test_of_what_injected_text_asks_for_nothing_comes_true(
    sessions: dict[str, list[Any]], session: str, asked: slice
) -> None:
    assert [decision["verdict"] for decision in sessions[session][asked]] == ["deny"] * (asked.stop - asked.start)
