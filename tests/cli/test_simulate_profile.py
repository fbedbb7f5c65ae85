"""`simulate --profile` tells where the time went, beside a report that is the same as without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Run

POLICY = {
    "version": "1",
    "default": "deny",
    "tools": {"pay": {"require": [{"conditions": [{"path": "args.amount", "op": "lte", "value": 10}]}]}},
}
LINES = "".join(json.dumps({"tool": "pay", "args": {"amount": amount}}) + "\n" for amount in range(40))


@pytest.fixture
def folder(repository: Path) -> Path:
    """A policy and a trace."""
    (repository / "policy.json").write_text(json.dumps(POLICY), "utf-8")
    for name in ("calls.jsonl", "more.jsonl"):
        (repository / name).write_text(LINES, "utf-8")
    return repository


@pytest.mark.parametrize(
    "options", [[], ["--format", "json"], ["--stats"], ["--max-denied", "1"], ["--decisions", "-"]]
)
def test_the_report_and_the_exit_code_are_the_same_with_a_profile(options: list[str], folder: Path, run: Run) -> None:
    plain = run(["simulate", "calls.jsonl", *options], cwd=folder)
    profiled = run(["simulate", "calls.jsonl", "--profile", *options], cwd=folder)
    assert (profiled.code, profiled.stdout) == (plain.code, plain.stdout)
    assert profiled.stderr.removeprefix(plain.stderr).startswith(
        f"profile of {40 * (1 + ('more.jsonl' in options))} lines: "
    )


def test_the_rules_that_were_reached_are_named(folder: Path, run: Run) -> None:
    stderr = run(["simulate", "calls.jsonl", "--profile"], cwd=folder).stderr
    assert "rules that cost most, estimated from the first 40 calls" in stderr
    assert stderr.splitlines()[-1].endswith("  /tools/pay/require/0  args.amount-lte")
    assert "40 × " in stderr.splitlines()[-1]


def test_rules_of_a_recording_from_a_pipe_are_not_timed(folder: Path, run: Run) -> None:
    result = run(["simulate", "-", "--profile"], stdin=LINES, cwd=folder)
    assert result.code == 0
    assert result.stderr.endswith("costs of rules are not known: the recording cannot be read a second time\n")


def test_a_recording_without_a_call_is_profiled_too(folder: Path, run: Run) -> None:
    (folder / "empty.jsonl").write_text("", "utf-8")
    result = run(["simulate", "empty.jsonl", "--profile"], cwd=folder)
    assert result.code == 3
    assert result.stderr.endswith("no condition on arguments was reached\n")
