"""The table of codes."""

from __future__ import annotations

import re
from pathlib import Path

import policyctl
from policyctl.reading.codes import CODES

PACKAGE = Path(policyctl.__file__).parent


def test_every_code_that_is_written_down_is_in_the_table() -> None:
    files = [*(PACKAGE / "source").glob("*.py"), *(PACKAGE / "reading").glob("*.py")]
    used = {code for path in files for code in re.findall(r'"((?:SRC|SCH)[0-9]{2})"', path.read_text("utf-8"))}
    assert used == set(CODES)


def test_names_read_well_after_ignore() -> None:
    names = [entry.name for entry in CODES.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)
    assert all(entry.summary.endswith(".") for entry in CODES.values())
