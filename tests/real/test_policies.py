"""The policies for recorded traces are policies, and speak of tools that the traces call."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

POLICIES = sorted((Path(__file__).parent / "policies").glob("*.json"))
SHIPPED = sorted((Path(__file__).parent.parent.parent / "fixtures" / "policies").iterdir())


@pytest.mark.parametrize("path", [*POLICIES, *SHIPPED], ids=lambda path: path.name)
def test_each_policy_is_read_without_a_diagnostic(path: Path) -> None:
    document = read_document(path.name, path.read_bytes())
    assert isinstance(document, Document)
    assert read_policy(document).diagnostics == ()


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_each_tool_that_a_policy_lists_is_called_in_its_trace(path: Path, shared_data: Path) -> None:
    with (shared_data / "traces" / f"{path.stem}.jsonl").open(encoding="utf-8") as trace:
        called = {json.loads(line)["tool"] for line in trace}
    assert sorted(set(json.loads(path.read_text("utf-8"))["tools"]) - called) == []
