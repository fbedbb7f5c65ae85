from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policyctl.cli.finish import Destination, destinations
from policyctl.errors import PolicyctlError

if TYPE_CHECKING:
    from tests.conftest import Run

FORMATS = ("text", "json")


def test_an_output_is_a_format_and_a_file_that_may_hold_an_equals_sign() -> None:
    assert destinations(["json=a=b.json"], FORMATS) == (Destination("json", Path("a=b.json")),)
    assert destinations(None, FORMATS) == ()


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("json", "`--output json` names no file"),
        ("json=", "`--output json=` names no file"),
        ("pdf=x", "`--output pdf=x` names an unknown format"),
    ],
)
def test_a_mistaken_output_is_refused_before_any_work(output: str, message: str) -> None:
    with pytest.raises(PolicyctlError) as caught:
        destinations([output], FORMATS)
    assert caught.value.message == message


def test_one_run_feeds_standard_output_and_files(run: Run, repository: Path) -> None:
    result = run(["config", "--output", "json=one.json", "--output", "text=two.txt"], cwd=repository)
    assert result.code == 0
    assert (repository / "two.txt").read_text() == result.stdout
    assert json.loads((repository / "one.json").read_text())["schema"] == "policyctl/config/v1"


def test_a_file_that_cannot_be_written_is_exit_2(run: Run, repository: Path) -> None:
    result = run(["config", "--output", "json=no/where.json"], cwd=repository)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == "error: cannot write `no/where.json`: no such directory\nhint: create `no` first\n"
