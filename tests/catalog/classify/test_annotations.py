"""What a server claims about its own tools."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.catalog.classify import classify
from policyctl.model.catalog import Category, Risk, Tool

READ, WRITE, EXECUTE, DESTRUCTIVE, FINANCIAL = Category


@pytest.mark.parametrize(
    ("name", "annotations", "expected", "risk"),
    [
        ("get_page", {"readOnlyHint": True}, READ, Risk.LOW),
        ("get_page", {"readOnlyHint": False}, WRITE, Risk.MEDIUM),
        ("get_page", {"destructiveHint": True}, DESTRUCTIVE, Risk.CRITICAL),
        ("get_page", {"readOnlyHint": True, "destructiveHint": True}, READ, Risk.LOW),
        ("widget", {"destructiveHint": True}, DESTRUCTIVE, Risk.CRITICAL),
        ("write_file", {"destructiveHint": True}, WRITE, Risk.HIGH),
        ("run_command", {"destructiveHint": True}, EXECUTE, Risk.CRITICAL),
        ("delete_page", {"readOnlyHint": True}, DESTRUCTIVE, Risk.CRITICAL),
        ("delete_page", {"destructiveHint": False}, DESTRUCTIVE, Risk.CRITICAL),
        ("create_page", {"readOnlyHint": True}, WRITE, Risk.MEDIUM),
        ("pay", {"readOnlyHint": True}, FINANCIAL, Risk.CRITICAL),
        ("get_page", {"readOnlyHint": "no", "destructiveHint": 1}, READ, Risk.LOW),
    ],
)
def test_a_claim_makes_a_tool_graver_and_never_milder(
    name: str, annotations: dict[str, Any], expected: Category, risk: Risk
) -> None:
    tool = classify(Tool(name, "", annotations=annotations))
    assert (tool.category, tool.risk) == (expected, risk)


@pytest.mark.parametrize(
    ("name", "annotations", "expected"),
    [
        ("create_page", {"readOnlyHint": True}, READ),
        ("delete_page", {"readOnlyHint": True}, READ),
        ("delete_page", {"destructiveHint": False}, WRITE),
        ("delete_page", {"readOnlyHint": "yes"}, DESTRUCTIVE),
        ("delete_page", {}, DESTRUCTIVE),
        ("get_page", {"destructiveHint": True}, DESTRUCTIVE),
    ],
)
def test_a_server_that_is_trusted_may_make_a_tool_milder(
    name: str, annotations: dict[str, Any], expected: Category
) -> None:
    assert classify(Tool(name, "", annotations=annotations), trusted=True).category is expected


def test_a_claim_that_is_not_believed_stands_in_the_evidence() -> None:
    tool = classify(Tool("delete_page", "", annotations={"readOnlyHint": True, "destructiveHint": False}))
    against = [evidence.where for evidence in tool.evidence if evidence.signal == "against"]
    assert against == ["readOnlyHint", "destructiveHint"]


def test_a_hint_that_is_no_boolean_is_said_to_be_none() -> None:
    tool = classify(Tool("get_page", "", annotations={"readOnlyHint": "yes"}))
    assert [evidence.where for evidence in tool.evidence if "neither" in evidence.says] == ["readOnlyHint"]
