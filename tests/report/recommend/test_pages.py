"""The reports and the recommended policies themselves; snapshots are read as prose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from syrupy.assertion import SnapshotAssertion

if TYPE_CHECKING:
    from tests.conftest import Run

FIXTURES = Path(__file__).parents[3] / "fixtures"
CATALOGS = sorted(path.stem for path in (FIXTURES / "tool-catalogs").glob("*.json"))


def words(name: str, *more: str) -> list[str]:
    return ["recommend", "--catalog", f"fixtures/tool-catalogs/{name}.json", *more]


@pytest.mark.parametrize("name", CATALOGS)
def test_the_policy_for_a_shipped_catalog(run: Run, name: str, printed: SnapshotAssertion) -> None:
    result = run(words(name), cwd=FIXTURES.parent)
    assert result.stdout == printed


def test_the_strict_policy_in_yaml_says_why(run: Run, printed: SnapshotAssertion) -> None:
    assert run(words("cluster", "--profile", "strict", "--yaml"), cwd=FIXTURES.parent).stdout == printed


def test_the_report_on_a_cluster_under_the_strict_profile(run: Run, tmp_path: Path, printed: SnapshotAssertion) -> None:
    report = tmp_path / "report.txt"
    run(words("cluster", "--profile", "strict", "--output", f"text={report}"), cwd=FIXTURES.parent)
    assert report.read_text("utf-8") == printed


def test_the_report_on_payments_beside_the_shipped_policy(run: Run, tmp_path: Path, printed: SnapshotAssertion) -> None:
    report, policy = tmp_path / "report.txt", "fixtures/policies/payments.yaml"
    run(words("payments", "--merge", policy, "--against", policy, "--output", f"text={report}"), cwd=FIXTURES.parent)
    assert report.read_text("utf-8") == printed


def test_the_report_for_a_pull_request(run: Run, printed: SnapshotAssertion) -> None:
    assert run(words("files", "--format", "markdown"), cwd=FIXTURES.parent).stdout == printed


def test_the_explanation_of_a_tool_that_runs_commands(run: Run, printed: SnapshotAssertion) -> None:
    assert run(words("cluster", "--explain", "pods_exec", "--profile", "strict"), cwd=FIXTURES.parent).stdout == printed
