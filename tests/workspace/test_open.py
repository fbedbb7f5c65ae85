from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from policyctl.errors import PolicyctlError
from policyctl.workspace import open as opening
from policyctl.workspace.open import read_bytes


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _refusal(name: str) -> tuple[str, str | None]:
    with pytest.raises(PolicyctlError) as caught:
        read_bytes(name)
    return caught.value.message, caught.value.hint


def _git(*words: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


@pytest.fixture
def committed(tmp_path: Path) -> Path:
    """A repository whose first commit, tagged `old`, holds sub/policy.json; the working tree has another version."""
    _git("init", "-q", "-b", "main")
    folder = tmp_path / "sub"
    folder.mkdir()
    (folder / "policy.json").write_bytes(b"old\r\n")
    _git("add", ".")
    _git("commit", "-q", "-m", "one")
    _git("tag", "old")
    (folder / "policy.json").write_bytes(b"new")
    return folder


def test_a_path_gives_its_bytes() -> None:
    Path("a.json").write_bytes(b"\xff\r\n{}")
    assert read_bytes("a.json") == b"\xff\r\n{}"


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\r\n")))
    assert read_bytes("-") == b"\xff\r\n"


def test_a_revision_gives_the_bytes_of_its_commit(committed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_bytes("old:sub/policy.json") == b"old\r\n"
    assert read_bytes("HEAD~0:./sub/policy.json") == b"old\r\n"
    monkeypatch.chdir(committed)
    assert read_bytes("main:policy.json") == b"old\r\n"
    assert read_bytes(f"main:{committed / 'policy.json'}") == b"old\r\n"


def test_a_file_whose_name_holds_a_colon_is_a_file_first(committed: Path) -> None:
    Path("old:x").write_bytes(b"a file")
    assert read_bytes("old:x") == b"a file"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("old:sub/none.json", "no file `sub/none.json` in `old`"),
        ("old:sub", "no file `sub` in `old`"),
        ("never:sub/policy.json", "no such file `never:sub/policy.json`, and no revision `never`"),
        ("--output=x:sub/policy.json", "no such file `--output=x:sub/policy.json`"),
        ("old:", "no such file `old:`"),
        (":sub/policy.json", "no such file `:sub/policy.json`"),
    ],
)
def test_what_is_in_no_commit_is_refused(committed: Path, name: str, message: str) -> None:
    assert _refusal(name)[0] == message


def test_a_missing_file_names_its_likely_neighbours() -> None:
    Path("policies").mkdir()
    Path("policies/stripe.json").touch()
    assert _refusal("policies/strip.json") == (
        "no such file `policies/strip.json`",
        "did you mean `policies/stripe.json`?",
    )
    assert _refusal("zzz/strip.json")[1] == "check the name; paths are relative to the working directory"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("folder", "`folder` is a directory"),
        ("folder/", "`folder/` is a directory"),
        ("file/x", "no such file `file/x`"),
        ("", "a file name is empty"),
        ("a\0b", "a file name holds a NUL character"),
        ("x" * 300, f"cannot read `{'x' * 300}`: file name too long"),
        ("loop", "cannot read `loop`: too many levels of symbolic links"),
    ],
)
def test_what_is_no_file_is_refused(name: str, message: str) -> None:
    Path("folder").mkdir()
    Path("file").touch()
    Path("loop").symlink_to("loop")
    assert _refusal(name)[0] == message


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused() -> None:
    Path("secret").touch(mode=0)
    assert _refusal("secret") == ("cannot read `secret`: no permission", "check the rights of the file")


def test_a_file_that_is_far_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MAXIMUM_BYTES", 2**20)
    Path("big").write_bytes(b"x" * (2**20 + 1))
    assert _refusal("big")[0] == "`big` is larger than 1 MiB"
