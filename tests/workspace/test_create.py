"""New documents: nothing that is there is lost, and no name leads out of a directory."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.errors import PolicyctlError
from policyctl.workspace.create import create, file_names


def test_either_all_files_are_written_or_none(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    second.write_bytes(b"mine")
    with pytest.raises(PolicyctlError, match="is there already"):
        create({first: b"1", second: b"2"}, force=False)
    assert not first.exists()
    create({first: b"1", second: b"2"}, force=True)
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"2")


def test_a_link_that_leads_nowhere_is_something_that_is_there(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(PolicyctlError):
        create({link: b"1"}, force=False)


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["a", "A", "a"], ("a.x", "A-2.x", "a-3.x")),
        (["../../etc/passwd", "..", "", ".hidden"], ("etc-passwd.x", "server.x", "server-2.x", "hidden.x")),
        (["io.github.some/server", "a" * 500], ("io.github.some-server.x", "a" * 80 + ".x")),
    ],
)
def test_an_id_becomes_a_name_that_is_safe_and_is_not_given_twice(ids: list[str], names: tuple[str, ...]) -> None:
    assert file_names(ids, ".x") == names


@given(st.lists(st.text(max_size=100), max_size=8))
def test_no_id_leads_out_of_the_directory(ids: list[str]) -> None:
    names = file_names(ids, ".json")
    assert len({name.lower() for name in names}) == len(ids)
    assert all(Path(name).name == name and not name.startswith(".") for name in names)
