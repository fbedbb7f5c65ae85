from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from policyctl.errors import PolicyctlError
from policyctl.workspace.write import write_new, write_whole


def _refusal(path: Path) -> str:
    with pytest.raises(PolicyctlError) as caught:
        write_whole(path, b"new")
    return caught.value.message


def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o751)
    write_whole(file, b"new")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"new", 0o751)


def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"old")
    (tmp_path / "link").symlink_to(target)
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert target.read_bytes() == b"new"


def test_a_failure_leaves_the_old_bytes_and_nothing_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert _refusal(file) == f"cannot write `{file}`: no space left on device"
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("a", b"old")]


def test_a_directory_and_a_missing_directory_are_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path) == f"cannot write `{tmp_path}`: it is a directory"
    assert _refusal(tmp_path / "no" / "a") == f"cannot write `{tmp_path / 'no' / 'a'}`: no such directory"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everything")
def test_a_read_only_file_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o400)
    assert _refusal(file) == f"cannot write `{file}`: no permission"
    assert file.read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_whole(Path("/dev/null"), b"new")
    assert _refusal(Path("/dev/full")) == "cannot write `/dev/full`: no space left on device"
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_new_file_has_the_usual_mode_and_a_file_that_is_there_stays(tmp_path: Path) -> None:
    assert write_new(tmp_path / "a", b"first")
    assert not write_new(tmp_path / "a", b"second")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("a", b"first")]
    (tmp_path / "usual").touch()
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_new_file_does_not_follow_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert not write_new(tmp_path / "link", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["link"]


def test_a_new_file_is_also_written_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", unknown)
    assert write_new(tmp_path / "a", b"first")
    assert not write_new(tmp_path / "a", b"second")
    assert [(entry.name, entry.read_bytes()) for entry in tmp_path.iterdir()] == [("a", b"first")]


def test_a_new_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyctlError, match="no such directory"):
        write_new(tmp_path / "no" / "a", b"new")
