"""The composite action: what its script makes of a workflow's words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.pull_request import build

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
PROGRAM = f'#!/bin/sh\nexec {sys.executable} -P -m policyctl "$@"\n'
HIDDEN = '{"version": "1", "default": "deny", "hide": ["a"], "tools": {"a": {"action": "deny"}}}\n'


@pytest.fixture
def check(tmp_path: Path) -> Any:
    (tmp_path / "policyctl-program").write_text(PROGRAM, "utf-8")
    (tmp_path / "policyctl-program").chmod(0o755)
    (tmp_path / ".git").mkdir()
    (tmp_path / "policy.json").write_text(HIDDEN, "utf-8")

    def run(step: str = "check", **inputs: str) -> subprocess.CompletedProcess[str]:
        given = {f"POLICYCTL_ACTION_{name.upper()}": value for name, value in inputs.items()}
        environment = {
            "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
            "GITHUB_REPOSITORY": "orchard/payments",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "POLICYCTL_ACTION_PROGRAM": str(tmp_path / "policyctl-program"),
        }
        return subprocess.run(
            ["bash", str(ROOT / "scripts" / "action.sh"), step],
            cwd=tmp_path,
            env=environment | given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def test_findings_are_annotations_and_the_exit_code_is_an_output(check: Any, tmp_path: Path) -> None:
    result = check(fail_on="warning")
    assert (result.returncode, result.stderr) == (1, "")
    assert "::warning title=LOG04 rules-on-hidden-tool,file=policy.json," in result.stdout
    assert (tmp_path / "output").read_text("utf-8") == "exit-code=1\n"
    assert "### policyctl lint" in (tmp_path / "summary.md").read_text("utf-8")
    assert check().returncode == 0


def test_files_and_recordings_are_named_one_a_line(check: Any, tmp_path: Path) -> None:
    (tmp_path / "a b.json").write_text(HIDDEN, "utf-8")
    (tmp_path / "calls.jsonl").write_text('{"tool": "a", "args": {}}\n', "utf-8")
    result = check(files="\n  a b.json  \n\n", traces="calls.jsonl\n")
    assert (result.returncode, result.stderr) == (0, "")
    assert "file=a b.json" in result.stdout
    assert "1 call" in (tmp_path / "summary.md").read_text("utf-8")


@pytest.mark.parametrize("words", ["$(touch x)", "; touch x", "--help", "`touch x`", "-", "a\n--output=json=x"])
def test_no_word_of_a_workflow_is_run_or_taken_for_an_option(check: Any, tmp_path: Path, words: str) -> None:
    result = check(files=words)
    assert result.returncode in {1, 2}
    assert not (tmp_path / "x").exists()


def test_no_input_is_put_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
    steps = ACTION["runs"]["steps"]
    used = "".join(value for step in steps for value in (*step["env"].values(), step.get("if", "")))
    assert all(f"inputs.{name} " in used for name in ACTION["inputs"])
    assert all(entry["description"] for entry in ACTION["inputs"].values())


@pytest.fixture
def pull_request(check: Any, tmp_path: Path) -> Path:
    """The example pull request, in the directory in which the action runs."""
    (tmp_path / "policy.json").unlink()
    (tmp_path / ".git").rmdir()
    build(tmp_path / "repository")
    for entry in (tmp_path / "repository").iterdir():
        entry.rename(tmp_path / entry.name)
    return tmp_path


def test_with_a_base_revision_the_change_is_judged(check: Any, pull_request: Path) -> None:
    result = check(base_rev="main", sarif="policies.sarif")
    assert (result.returncode, result.stderr) == (1, "")
    assert "::error title=AST01 failed-assertion,file=policies/payments.assert.yaml," in result.stdout
    assert (pull_request / "output").read_text("utf-8") == "exit-code=1\n"
    assert (pull_request / "summary.md").read_text("utf-8").startswith("<!-- policyctl gate -->\n")
    assert (pull_request / "policies.sarif").is_file()


@pytest.mark.parametrize(("known", "method", "path"), [("", "POST", "7/comments"), ("41\n42", "PATCH", "comments/41")])
def test_there_is_one_comment_which_is_edited(
    check: Any, pull_request: Path, known: str, method: str, path: str
) -> None:
    (pull_request / "bin").mkdir()
    gh = pull_request / "bin" / "gh"
    gh.write_text(f'#!/bin/sh\necho "$@" >> said\ncase "$*" in *--jq*) printf %s "{known}";; esac\n', "utf-8")
    gh.chmod(0o755)
    assert check("comment", pull="7").returncode == 0
    assert not (pull_request / "said").exists(), "there is nothing to say yet"
    check(base_rev="main")
    result = check("comment", pull="7")
    assert (result.returncode, result.stderr) == (0, "")
    asked, told = (pull_request / "said").read_text("utf-8").splitlines()
    assert asked.startswith("api --paginate repos/orchard/payments/issues/7/comments --jq")
    body = f"body=@{pull_request}/policyctl-action-comment.md"
    assert told == f"api --silent --method {method} repos/orchard/payments/issues/{path} --field {body}"
