"""The classes of real tools against what others say they are; goals hold on all labels, and on servers never looked at."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from policyctl.catalog.classify import classify
from policyctl.model.catalog import Category, Tool

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def score() -> ModuleType:
    name = "score_classifier"
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("half", ["all", "held-out"])
def test_the_goals_are_reached_on_labels_that_nobody_flagged(score: ModuleType, shared_data: Path, half: str) -> None:
    answers = list(score.answers(shared_data, half))
    assert [answer.title for answer in answers if not answer.is_flagged and not answer.is_met] == []
    assert {answer.name for answer in answers} >= {"annotations", "intercept-policies", "policylayer-tools"}


def test_not_one_tool_that_its_author_marks_destructive_reads(score: ModuleType, shared_data: Path) -> None:
    marked = [answer for answer in score.answers(shared_data, "all") if "destructive" in answer.title]
    assert [answer.right for answer in marked] == [answer.n for answer in marked]
    assert sum(answer.n for answer in marked) >= 30


def test_every_real_tool_gets_a_class_whatever_its_schema(shared_data: Path) -> None:
    tools = [tool for path in sorted((shared_data / "catalogs").glob("*.jsonl")) for tool in _tools(path)]
    classes = dict.fromkeys(Category, 0)
    for tool in tools:
        judged = classify(tool)
        assert judged.category is not None
        assert judged.evidence
        classes[judged.category] += 1
    assert sum(classes.values()) > 2_000
    assert all(classes.values())


def _tools(path: Path) -> list[Tool]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Tool(
            row["name"],
            "",
            description=row.get("description"),
            input_schema=row.get("inputSchema"),
            annotations=row.get("annotations") or {},
        )
        for row in rows
        if "name" in row
    ]


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(0, 0, 0.0, 1.0), (10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (50, 100, 0.4038, 0.5962)],
)
def test_the_interval_is_wilsons(score: ModuleType, right: int, n: int, low: float, high: float) -> None:
    assert score.wilson(right, n) == pytest.approx((low, high), abs=1e-4)


def test_the_halves_are_told_by_the_server_alone_and_stay(score: ModuleType) -> None:
    assert [score.is_development(name) for name in ("github", "slack", "")] == [
        True,
        score.is_development("slack"),
        False,
    ]


def test_judged_definitions_are_read_with_their_tools(score: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "judged.yaml").write_text("- {server: s, name: get_page, category: Read, risk: Low}\n")
    definitions = {("s", "get_page"): {"description": "Gets a page.", "inputSchema": {"type": "object"}}}
    ((row, tool),) = score.judged_rows(tmp_path / "judged.yaml", definitions)
    assert (row["category"], tool.description) == ("Read", "Gets a page.")
