from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from policyctl.workspace.schemas import schema_names

if TYPE_CHECKING:
    from tests.conftest import Run

SOURCES = Path(__file__).resolve().parents[2] / "schemas"


def test_without_a_name_the_published_schemas_are_listed(run: Run) -> None:
    names = run(["schema"]).stdout.split()
    files = sorted(SOURCES.rglob("*.schema.json"))
    assert sorted(names) == sorted(str(file.relative_to(SOURCES)).removesuffix(".schema.json") for file in files)


@pytest.mark.parametrize("name", schema_names())
def test_a_schema_is_printed_as_it_is_published(run: Run, name: str) -> None:
    result = run(["schema", name])
    assert result.code == 0
    assert result.stdout == (SOURCES / f"{name}.schema.json").read_text("utf-8")
    Draft202012Validator.check_schema(json.loads(result.stdout))


def test_a_file_name_will_do(run: Run) -> None:
    assert run(["schema", "output/config.v1.schema.json"]).stdout == run(["schema", "output/config.v1"]).stdout


@pytest.mark.parametrize("name", ["polcy", "../pyproject", "output", ""])
def test_an_unknown_name_is_exit_2(run: Run, name: str) -> None:
    result = run(["schema", name])
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: no schema `{name}`\nhint: ")
