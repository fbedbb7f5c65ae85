"""What became of assertions on a terminal and in a pull request; snapshots are read as prose."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion

if TYPE_CHECKING:
    from tests.conftest import Run

FIXTURES = Path(__file__).parents[3] / "fixtures"

EVERY_OUTCOME = """\
version: "1"
asserts:
  - can_allow: {tool: get_balance}
    name: agents-can-look
  - needs_approval: {category: [Financial, Destructive]}
    reason: a person decides
  - always_deny: {tool: "delete_*"}
    severity: warning
  - never_allow: {tool: [get_balanse, trade]}
  - at_most: 5/minute
    of: {hints: {readOnlyHint: false}}
  - never_allow: {tool: odd}
    when: [{path: args.note, op: regex, value: '^a'}]
"""
POLICY = """\
# A policy that nobody has looked after.
version: "1"
default: allow
hide: [drop_all]
tools:
  get_balance: {}
  odd:
    require:
      - conditions: [{path: args.note, op: regex, value: '^\\C$'}]
  pay:
    require:
      - conditions: [{path: args.amount, op: lte, value: 100}]
    limits: [{counter: a_minute, max: 4, window: minute}]
  wire:
    action: require_approval
    limits: [{counter: a_minute, max: 2, window: minute}]
"""
TOOLS = [
    {"name": "get_balance", "category": "Read", "risk": "Low", "annotations": {"readOnlyHint": True}},
    {"name": "pay", "category": "Financial", "risk": "Critical"},
    {"name": "wire", "category": "Financial", "risk": "Critical"},
    {"name": "wipe", "category": "Destructive", "risk": "Critical"},
]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "desk.assert.yaml").write_text(EVERY_OUTCOME, "utf-8")
    (tmp_path / "policy.yaml").write_text(POLICY, "utf-8")
    catalog = {"version": "1", "server": {"id": "s", "name": "S"}, "tools": TOOLS}
    (tmp_path / "catalog.json").write_text(json.dumps(catalog), "utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "concise", "markdown", "github", "gitlab", "junit"])
def test_every_outcome_as_it_is_told(run: Run, desk: Path, printed: SnapshotAssertion, form: str) -> None:
    result = run(["check", "-a", "desk.assert.yaml", "-c", "catalog.json", "--format", form], cwd=desk)
    assert result.code == 1
    assert result.stdout == printed


def test_the_shipped_assertions_as_they_are_told(run: Run, tmp_path: Path, printed: SnapshotAssertion) -> None:
    shutil.copytree(FIXTURES, tmp_path / "fixtures")
    (tmp_path / ".git").mkdir()
    words = ["-a", "asserts/exchange.yaml", "-p", "policies/exchange.json", "-c", "tool-catalogs/exchange.json"]
    assert run(["check", *words], cwd=tmp_path / "fixtures").stdout == printed


def test_the_markdown_is_read_as_it_is_meant(run: Run, desk: Path) -> None:
    result = run(["check", "-a", "desk.assert.yaml", "-c", "catalog.json", "--format", "markdown"], cwd=desk)
    tokens = MarkdownIt("commonmark").enable("table").parse(result.stdout)
    headings = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings == ["policyctl check", "findings", "desk.assert.yaml", "checked"]


def test_colour_changes_no_word(run: Run, desk: Path) -> None:
    import re

    plain, painted = (
        run(["check", "-a", "desk.assert.yaml", "-c", "catalog.json", "--color", color], cwd=desk).stdout
        for color in ("never", "always")
    )
    assert painted != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
