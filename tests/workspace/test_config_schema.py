"""The reader of configurations and the published schema accept and refuse the same documents."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from policyctl.workspace.keys import TRACE_FIELDS, reader
from policyctl.workspace.readers import MistakeError

ROOT = Path(__file__).parent.parent.parent
SCHEMA = json.loads((ROOT / "schemas" / "config.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)

ACCEPTED = """
-
policy = "p.json"
traces = "logs/*.jsonl"
traces = ["a.jsonl", "b.jsonl"]
traces = []
traces = {}
dialect = "policylayer"
profile = "strict"
lint.select = "ARG02"
lint.ignore = ["ARG02", "LIM01"]
lint.severity = { ARG02 = "info" }
check.asserts = "asserts.yaml"
check.asserts = ["a.yaml", "b.json"]
check = {}
servers."a b" = { policy = "p.json", catalog = "c.json" }
servers.empty = {}
traces.files = "logs/*.jsonl"
traces.grant = "desk"
traces.grant_from = "session"
traces.grant_from = "meta.agent.name"
traces.map = "tool=/a,args=/b"
traces.map = " tool = /a , args = "
traces.map = "tool=/a=b"
traces.map = { tool = "/a", meta = "" }
traces.lateness = 0
traces.lateness = "36h"
traces.window = "sliding"
gate.max_denied = 0
gate.max_denied = "5"
gate.max_denied = " 2.5 % "
gate.max_denied = "100.0%"
gate.max_denied = "007%"
gate.max_denied = 999999999999999
gate.min_calls = 10
gate.min_fidelity = "95%"
gate.max_bad_lines = "0.5%"
gate.diff = "narrower:Critical"
suppress = []
suppress = [{ rule = "ARG02", policy = "p.json", at = "" }]
suppress = [{ rule = "ARG02", policy = "p.json", at = "/tools/x", reason = "", expires = 2027-01-31 }]
"""

REFUSED = """
polcy = "p.json"
policy = ""
policy = 1
policy = ["p.json"]
traces = ""
traces = [""]
traces = 5
check.asserts = ""
check.assert = "a.yaml"
check.asserts = [1]
traces.file = "a"
dialect = "PolicyLayer"
profile = "loose"
lint = []
gate.diff = "wide"
gate.diff = ["wider:Bank"]
lint.select = 5
lint.severity = { ARG02 = "fatal" }
servers = []
servers.a = "p.json"
servers.a.polcy = "p.json"
traces.grant = ""
traces.grant_from = "meta."
traces.grant_from = "agent"
traces.map = ""
traces.map = "tool"
traces.map = "tol=/a"
traces.map = "tool=a"
traces.map = "tool=/a,"
traces.map = { tool = "a" }
traces.map = { tol = "/a" }
traces.lateness = -1
traces.lateness = "36 h"
traces.lateness = "1w"
traces.lateness = true
traces.window = "hour"
gate.max_denied = -1
gate.max_denied = true
gate.max_denied = "5.5"
gate.max_denied = "101%"
gate.max_denied = "100.1%"
gate.max_denied = 1000000000000000
gate.min_calls = "10"
gate.min_calls = -1
gate.min_fidelity = 95
gate.min_fidelity = "95"
gate.max_errors = 1
suppress = {}
suppress = [{ rule = "ARG02", policy = "p.json" }]
suppress = [{ rule = "arg02", policy = "p.json", at = "" }]
suppress = [{ rule = "ARG02", policy = "p.json", at = "tools" }]
suppress = [{ rule = "ARG02", policy = "p.json", at = "", expires = 2027-01-31T00:00:00 }]
suppress = [{ rule = "ARG02", policy = "p.json", at = "", expires = "soon" }]
suppress = [{ rule = "ARG02", policy = "p.json", at = "", content = "sha256:0" }]
suppress = [{ rule = "ARG02", policy = "p.json", at = "", line = 3 }]
"""


def documents(table: str) -> list[str]:
    return ["" if line == "-" else line for line in table.strip().splitlines()]


def reads(raw: Any) -> bool:
    try:
        reader(Path())(raw, ())
    except MistakeError:
        return False
    return True


def as_json(raw: Any) -> Any:
    """Editors show a schema the dates of TOML as text."""
    return json.loads(json.dumps(raw, default=lambda value: value.isoformat() if isinstance(value, date) else None))


@pytest.mark.parametrize("text", documents(ACCEPTED))
def test_what_the_reader_accepts_conforms(text: str) -> None:
    raw = tomllib.loads(text)
    assert (reads(raw), VALIDATOR.is_valid(as_json(raw))) == (True, True)


@pytest.mark.parametrize("text", documents(REFUSED))
def test_what_the_reader_refuses_does_not_conform(text: str) -> None:
    raw = tomllib.loads(text)
    assert (reads(raw), VALIDATOR.is_valid(as_json(raw))) == (False, False)


def test_the_schema_is_one_and_its_example_conforms() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert all(VALIDATOR.is_valid(example) and reads(example) for example in SCHEMA["examples"])


def test_the_example_of_the_page_conforms() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    VALIDATOR.validate(as_json(tomllib.loads(example[1])))


def test_every_field_of_a_call_can_be_mapped() -> None:
    as_text, as_table = SCHEMA["$defs"]["traces"]["properties"]["map"]["anyOf"]
    assert tuple(as_table["properties"]) == TRACE_FIELDS
    assert as_text["pattern"].count("|".join(TRACE_FIELDS)) == 2


def test_every_setting_says_what_it_is_for() -> None:
    def settings(schema: Any) -> list[Any]:
        match schema:
            case dict():
                own = list(schema.get("properties", {}).values())
                return own + [found for part in schema.values() for found in settings(part)]
            case list():
                return [found for part in schema for found in settings(part)]
            case _:
                return []

    assert all(str(setting.get("description", "")).endswith((".", "`.")) for setting in settings(SCHEMA))
