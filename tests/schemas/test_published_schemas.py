"""The published schemas of traces and catalogs, against shipped and real input."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parent.parent.parent
NORMAL_FORM = ("exchange.jsonl", "exchange-gateway-log.jsonl", "code-host.jsonl", "cluster.jsonl")
REAL = ("agentdojo", "agentdyn", "coding-sessions", "livemcpbench", "tau", "workbench")


def validator(name: str) -> Draft202012Validator:
    schema = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


@pytest.fixture(scope="module")
def trace_line() -> Draft202012Validator:
    return validator("trace")


@pytest.mark.parametrize("name", NORMAL_FORM)
def test_every_line_of_a_shipped_trace_conforms(trace_line: Draft202012Validator, name: str) -> None:
    for line in lines(ROOT / "fixtures" / "traces" / name):
        trace_line.validate(line)


@pytest.mark.parametrize("name", REAL)
def test_the_lines_of_a_real_trace_conform(trace_line: Draft202012Validator, shared_data: Path, name: str) -> None:
    for number, line in enumerate(lines(shared_data / "traces" / f"{name}.jsonl")):
        if number % 10 == 0:
            trace_line.validate(line)


@pytest.mark.parametrize(
    "line",
    [
        {"tool": "t"},
        {"tool": "", "args": "text", "unknown": 1},
        {"tool": "t", "ts": None, "session": None, "outcome": None, "keys": None},
        {"tool": "t", "redacted": ["", "/a", "/a~1b/0"]},
    ],
)
def test_everything_but_the_tool_may_be_missing(trace_line: Draft202012Validator, line: Any) -> None:
    trace_line.validate(line)


@pytest.mark.parametrize(
    "line",
    [
        [],
        {},
        {"tool": None},
        {"tool": "t", "outcome": "fine"},
        {"tool": "t", "args_state": "partial"},
        {"tool": "t", "redacted": ["card"]},
        {"tool": "t", "keys": [1]},
        {"approval": {"tool": "t"}},
        {"approval": {"tool": "t", "args_digest": "abc", "session": "s", "expires": "2026-01-01T00:00:00Z", "id": "1"}},
    ],
)
def test_what_a_writer_of_traces_must_not_write_is_refused(trace_line: Draft202012Validator, line: Any) -> None:
    assert not trace_line.is_valid(line)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "fixtures" / "tool-catalogs").glob("*.json")), ids=lambda path: path.name
)
def test_each_shipped_catalog_conforms(path: Path) -> None:
    validator("catalog").validate(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize("name", ["trace", "catalog"])
def test_the_examples_of_a_schema_conform_to_it(name: str) -> None:
    checked = validator(name)
    assert isinstance(checked.schema, Mapping)
    for example in checked.schema["examples"]:
        checked.validate(example)
