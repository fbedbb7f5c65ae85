"""Traces at addresses: read as files are, refused with a reason, and without anybody's secrets in a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl.errors import PolicyctlError
from policyctl.workspace.naming import shown_name, source_name
from policyctl.workspace.stream import ByteStream
from tests.conftest import Run

fsspec = pytest.importorskip("fsspec", reason="the extra `scale` is not installed")

_TRACE = b'{"tool":"pay","args":{}}\n{"tool":"other","args":{}}\n'


@pytest.fixture
def address() -> str:
    name = "memory://traces/calls.jsonl"
    with fsspec.open(name, "wb") as file:
        file.write(_TRACE)
    return name


def test_an_address_has_the_bytes_and_the_digest_of_a_file(address: str, tmp_path: Path) -> None:
    (tmp_path / "calls.jsonl").write_bytes(_TRACE)
    there, here = ByteStream(address), ByteStream(str(tmp_path / "calls.jsonl"))
    assert b"".join(there.chunks()) == b"".join(here.chunks()) == _TRACE
    assert there.digest == here.digest


def test_a_trace_at_an_address_is_replayed(run: Run, tmp_path: Path, address: str) -> None:
    (tmp_path / "policy.json").write_text('{"version": "1", "default": "deny", "tools": {"pay": {}}}')
    done = run(["simulate", address, "--stats", "--jobs", "2"], cwd=tmp_path)
    assert done.code == 0
    assert "verdicts/allow 1\n" in done.stdout
    assert "verdicts/deny 1\n" in done.stdout


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("memory://nothing/here", "there is nothing at `memory://nothing/here`"),
        ("nonsense://x/y", "nobody knows the protocol `nonsense`"),
        ("file:///nowhere/at/all.jsonl", "there is nothing at"),
    ],
)
def test_what_cannot_be_had_is_said(run: Run, tmp_path: Path, address: str, reason: str) -> None:
    (tmp_path / "policy.json").write_text('{"version": "1", "default": "deny", "tools": {}}')
    done = run(["simulate", address], cwd=tmp_path)
    assert (done.code, done.stdout) == (2, "")
    assert reason in done.stderr


def test_what_an_address_says_of_a_user_is_told_to_nobody() -> None:
    address = "s3://user:secret@bucket/calls.jsonl"
    assert shown_name(address) == source_name(address) == "s3://bucket/calls.jsonl"
    with pytest.raises(PolicyctlError) as told:
        ByteStream("nonsense://user:secret@bucket/x")
    assert "secret" not in str(told.value.message) + str(told.value.hint)


def test_a_file_may_be_called_like_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s3:").mkdir()
    (tmp_path / "s3:" / "x").write_bytes(_TRACE)
    assert b"".join(ByteStream("s3://x").chunks()) == _TRACE
