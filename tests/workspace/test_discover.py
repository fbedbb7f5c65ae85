from __future__ import annotations

import os
from pathlib import Path

import pytest

from policyctl.errors import PolicyctlError
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.discover import expand, find_configuration, find_policy


def _write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_nearest_configuration_counts_and_policyctl_toml_before_pyproject(repository: Path) -> None:
    top = _write(repository / "policyctl.toml")
    _write(repository / "pyproject.toml", "[tool.policyctl]\n")
    near = _write(repository / "a" / "pyproject.toml", "[tool.policyctl]\n")
    _write(repository / "a" / "b" / "pyproject.toml", "[tool.other]\n")
    assert find_configuration(repository / "a" / "b") == near
    assert find_configuration(repository) == top


def test_the_search_ends_at_the_root_of_the_repository(repository: Path) -> None:
    _write(repository / "policyctl.toml")
    inner = repository / "inner"
    _write(inner / ".git", "gitdir: elsewhere\n")
    assert find_configuration(inner) is None


def test_outside_a_repository_only_the_directory_itself_counts(tmp_path: Path) -> None:
    _write(tmp_path / "policyctl.toml")
    below = tmp_path / "below"
    below.mkdir()
    assert find_configuration(below) is None
    assert find_configuration(tmp_path) == tmp_path / "policyctl.toml"


@pytest.mark.parametrize(
    ("text", "found"), [("x =\n", False), ("[tool.policyctl]\nx =\n", True), ("[tool]\npolicyctl-x = 1\n", False)]
)
def test_a_broken_pyproject_matters_only_if_it_holds_our_table(repository: Path, text: str, found: bool) -> None:
    _write(repository / "pyproject.toml", text)
    assert (find_configuration(repository) is not None) is found


def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    outside = _write(tmp_path / "outside.toml")
    recording = _write(tmp_path / "logs" / "a.jsonl")
    for name, target in (("policyctl.toml", outside), ("policy.json", outside), ("logs", recording.parent)):
        (repository / name).symlink_to(target)
    monkeypatch.chdir(repository)
    assert find_configuration(repository) is None
    assert expand(["logs/*.jsonl"]) == ()
    with pytest.raises(PolicyctlError):
        find_policy(Configuration())


def test_a_link_within_the_repository_is_followed(repository: Path) -> None:
    _write(repository / "settings" / "shared.toml")
    (repository / "policyctl.toml").symlink_to(repository / "settings" / "shared.toml")
    assert find_configuration(repository) == repository / "policyctl.toml"


def test_the_policy_is_the_configured_one_else_the_first_of_three_names(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    for name in ("policy.yml", "policy.yaml", "policy.json"):
        _write(repository / name)
        assert find_policy(Configuration()) == Path(name)
    assert find_policy(Configuration(policy=Path("mine.json"))) == Path("mine.json")


def test_no_policy_anywhere_is_an_error_that_says_where_one_may_be(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository)
    with pytest.raises(PolicyctlError) as caught:
        find_policy(Configuration())
    assert caught.value.message == "no policy was named and none was found"
    assert caught.value.hint is not None
    assert "`policy.json`" in caught.value.hint


def test_globs_give_files_once_and_in_order(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository)
    for name in ("logs/b.jsonl", "logs/a.jsonl", "logs/deep/c.jsonl"):
        _write(repository / name)
    names = expand(["logs/**/*.jsonl", "./logs/a.jsonl", "none/*"])
    assert names == tuple(
        Path(os.path.normpath(name)) for name in ("logs/a.jsonl", "logs/b.jsonl", "logs/deep/c.jsonl")
    )
