"""The hooks as their users get them: installed by pre-commit into an environment of their own, run on a sample repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from policyctl.cli.commands import BY_NAME

ROOT = Path(__file__).parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

VALID = '{\n  "version": "1",\n  "default": "deny",\n  "tools": {\n    "get_quote": {}\n  }\n}\n'
BROKEN = '{"version": "1", "default": "Deny"}\n'
UNORDERED = '{"default": "deny", "version": "1", "tools": {"get_quote": {}}}'
CALL = '{"tool": "get_quote", "args": {}}\n'

#: What each hook prints where all is well, and a policy at which it stops, with what it says then.
CLEAN = {
    "policyctl-validate": "checked 1 policy",
    "policyctl-lint": "checked 1 policy",
    "policyctl-fmt": "1 file unchanged",
    "policyctl-simulate": "checked 1 policy",
    "policyctl-gate": "pass: validate, lint, diff, simulate",
}
STOPPED = {
    "policyctl-validate": (BROKEN, "policy.json:1:"),
    "policyctl-lint": (BROKEN, "policy.json:1:"),
    "policyctl-simulate": ('{"version": "1", "default": "deny"}\n', "max-denied"),
    "policyctl-gate": (BROKEN, "fail: validate"),
    "policyctl-fmt": (UNORDERED, "files were modified by this hook"),
}


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_every_hook_is_tried() -> None:
    assert {hook["id"] for hook in HOOKS} == set(CLEAN) == set(STOPPED)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_runs_a_command_that_is_there(hook: dict[str, Any]) -> None:
    assert hook["id"] == hook["entry"].replace(" ", "-")
    assert hook["entry"].removeprefix("policyctl ") in BY_NAME


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
@pytest.mark.parametrize(
    ("path", "is_ours"),
    [
        ("policy.json", True),
        ("a/b/policy.yaml", True),
        ("github.policy.yml", True),
        ("a/shop-policy.json", True),
        ("policies/shop.json", False),
        ("mypolicy.json", False),
        ("policy.json.bak", False),
        ("policy.toml", False),
    ],
)
def test_a_hook_looks_at_files_that_are_named_as_policies(hook: dict[str, Any], path: str, is_ours: bool) -> None:
    assert bool(re.search(hook["files"], path)) is is_ours


@pytest.fixture
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The present tree as a repository that pre-commit can clone, whatever is committed of it."""
    copy = tmp_path_factory.mktemp("policyctl") / "policyctl"
    copy.mkdir()
    for name in ("policyctl", "schemas"):
        shutil.copytree(ROOT / name, copy / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, copy / name)
    git(copy, "init", "-q", "-b", "main")
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "sources")
    return copy


def _write(folder: Path, files: dict[str, str]) -> None:
    git(folder, "init", "-q", "-b", "main")
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    git(folder, "add", "-A")


def _try(folder: Path, sources: Path, home: Path, hook: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
    words = [sys.executable, "-m", "pre_commit", "try-repo", str(sources), hook, "--all-files", "--verbose"]
    tried = subprocess.run(
        words,
        cwd=folder,
        env=environment | {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"},
        capture_output=True,
        text=True,
        timeout=480,
        check=False,
    )
    if re.search(r"Could not (find a version|fetch)|No matching distribution|Failed to establish", tried.stdout):
        pytest.skip("pre-commit installs a hook from the package index, which is out of reach")
    return tried


def test_the_hooks_pass_what_is_fine_and_stop_what_is_not(
    sources: Path, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    # One environment serves all hooks: to make it takes half a minute.
    home = tmp_path_factory.mktemp("pre-commit")
    configuration = 'policy = "policy.json"\ntraces = ["calls.jsonl"]\n[gate]\nmax_denied = 0\n'
    _write(tmp_path, {"policy.json": VALID, "other.json": "[1]", "policyctl.toml": configuration, "calls.jsonl": CALL})
    for hook, says in CLEAN.items():
        tried = _try(tmp_path, sources, home, hook)
        assert (tried.returncode, "Passed" in tried.stdout) == (0, True), tried.stdout + tried.stderr
        assert says in tried.stdout
    for hook, (text, says) in STOPPED.items():
        _write(tmp_path, {"policy.json": text})
        tried = _try(tmp_path, sources, home, hook)
        assert (tried.returncode, "Failed" in tried.stdout) == (1, True), tried.stdout + tried.stderr
        assert says in tried.stdout
    assert (tmp_path / "policy.json").read_text("utf-8") == VALID
