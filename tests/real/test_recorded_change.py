"""Recorded attacks under a policy that permits everything and under the recommended one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

CALLS, SESSIONS = 4_277, 1_187
LABELS = ("--bad", "meta.attack_success=true", "--good", "meta.session_kind=benign,meta.utility=true")


@pytest.fixture
def folder(run: Run, repository: Path, shared_data: Path) -> Path:
    """The recording as a gateway would have made it that permitted everything, and the policy that is recommended."""
    (repository / "permissive.json").write_text('{"version": "1", "default": "allow"}')
    trace = shared_data / "traces/agentdojo.jsonl"
    decision = {"verdict": "allow", "rule": "", "policy": "permissive.json"}
    with (repository / "agentdojo.jsonl").open("w", encoding="utf-8") as out:
        for line in trace.read_text("utf-8").splitlines():
            out.write(json.dumps({**json.loads(line), "decision": decision}) + "\n")
    catalog = shared_data / "catalogs/tracetools-agentdojo-agentdyn.jsonl"
    written = run(["recommend", "--catalog", catalog, "--profile", "strict", "-o", "strict.json"], cwd=repository)
    assert written.code == 0, written.stderr
    return repository


def test_what_the_recommended_policy_changes_for_recorded_attacks_and_for_work(
    run: Run, folder: Path, published: Callable[[str], Any]
) -> None:
    words = ["simulate", "agentdojo.jsonl", "--base", "permissive.json", "--policy", "strict.json", *LABELS]
    result = run([*words, "--min-fidelity", "100%", "--format", "ndjson"], cwd=folder)
    assert result.code == 0, result.stderr
    *lines, text = result.stdout.splitlines()
    report, made = published(text), [json.loads(line) for line in lines]

    # Under the policy that was in force every decision comes out again.
    assert report["base"]["fidelity"]["recorded"] == report["base"]["fidelity"]["same"] == CALLS
    assert report["calls"] == len(made) == CALLS
    assert report["sessions"]["all"] == SESSIONS

    # A policy that permits everything can only be narrowed, and each session diverges once.
    found = Counter(each["change"] for each in made)
    assert set(found) <= {"newly-denied", "approval-added", "undetermined", "unchanged"}
    assert {row["change"]: row["calls"] for row in report["changes"] if row["calls"]} == found
    changed: set[str] = set()
    for each in made:
        if each["change"] == "newly-denied":
            assert each["standing"] == ("hypothetical" if each["session"] in changed else "observed")
            changed.add(each["session"])
    assert len(changed) == report["sessions"]["changed"]

    before, after = report["base"]["labels"], report["new"]["labels"]
    assert (before["bad"]["stopped"], before["good"]["broken"]) == (0, 0)
    assert before["bad"]["sessions"] == after["bad"]["sessions"] == 125
    assert before["good"]["sessions"] == after["good"]["sessions"] == 354
    assert after["bad"]["stopped"] >= 40
    assert after["bad"]["any_denial"] >= after["bad"]["stopped"]


def test_the_other_way_round_the_record_is_called_that_of_the_new_policy(run: Run, folder: Path) -> None:
    words = ["simulate", "agentdojo.jsonl", "--base", "strict.json", "--policy", "permissive.json"]
    result = run([*words, "--min-fidelity", "100%"], cwd=folder)
    assert result.code == 4
    assert "the record was made under the new policy, as it says itself" in result.stdout
