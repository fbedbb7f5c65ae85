"""The shipped catalogs are whole: arguments, classes with reasons, and words of our own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from policyctl.model.catalog import Category, Risk
from policyctl.reading.catalog import read_catalog
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
CATALOGS = {path.stem: path for path in sorted((FIXTURES / "tool-catalogs").iterdir())}
TOOLS = {name: json.loads(path.read_text("utf-8"))["tools"] for name, path in CATALOGS.items()}
#: Shorter texts are said alike by chance.
SHORTEST_TEXT = 8
#: Of the categories whose tools need no reason.
USUAL_RISK = {Category.READ: Risk.LOW, Category.WRITE: Risk.MEDIUM}
#: Arguments whose values are as many deeds.
DEEDS = ("method", "action", "operation", "subCommand")

each_tool = pytest.mark.parametrize(
    "tool", [pytest.param(tool, id=f"{name}/{tool['name']}") for name, tools in TOOLS.items() for tool in tools]
)
each_catalog = pytest.mark.parametrize("name", CATALOGS)


def document(path: Path) -> Document:
    read = read_document(path.name, path.read_bytes())
    assert isinstance(read, Document)
    return read


def test_there_are_catalogs_of_six_servers() -> None:
    assert set(CATALOGS) == {"browser", "cluster", "code-host", "exchange", "files", "payments"}


@each_catalog
def test_each_shipped_catalog_is_read_and_has_a_class_for_every_tool(name: str) -> None:
    reading = read_catalog(document(CATALOGS[name]))
    assert reading.diagnostics == ()
    assert reading.catalog is not None
    assert reading.catalog.server_id == name
    assert all(tool.category and tool.risk for tool in reading.catalog.tools.values())


@each_tool
def test_each_tool_says_what_it_does_and_what_it_takes(tool: Any) -> None:
    assert tool["description"].endswith(".")
    schema = tool["inputSchema"]
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert all("type" in value for value in schema["properties"].values())
    assert set(schema.get("required", [])) <= set(schema["properties"])


@each_tool
def test_each_class_that_is_not_plain_has_a_reason(tool: Any) -> None:
    category, risk, review = tool["category"], tool["risk"], tool.get("reviewed")
    assert review or USUAL_RISK.get(category) == risk
    if review:
        assert (review["category"], review["risk"]) == (category, risk)
        assert len(review["why"].split()) >= SHORTEST_TEXT


@each_tool
def test_a_tool_that_can_delete_does_not_count_as_a_milder_one(tool: Any) -> None:
    properties = tool["inputSchema"]["properties"]
    deeds = [deed for key in DEEDS if key in properties for deed in properties[key].get("enum", ())]
    if any("delete" in deed for deed in deeds):
        assert Category(tool["category"]).rank >= Category.DESTRUCTIVE.rank


@pytest.mark.parametrize("path", sorted((FIXTURES / "policies").iterdir()), ids=lambda path: path.name)
def test_each_tool_of_a_shipped_policy_is_in_the_catalog_of_its_name(path: Path) -> None:
    policy = read_policy(document(path)).policy
    assert policy is not None
    # `payments-next.yaml` is a change that is proposed to `payments.yaml`, for the same server.
    assert {*policy.tools, *policy.hide} <= {tool["name"] for tool in TOOLS[path.stem.removesuffix("-next")]}


@each_catalog
def test_the_page_says_where_the_facts_of_a_catalog_are_from(name: str) -> None:
    rows = [line.split(" | ") for line in (FIXTURES / "README.md").read_text("utf-8").splitlines()]
    assert [int(row[1]) for row in rows if row[0] == f"| `{name}.json`"] == [len(TOOLS[name])]


def texts(value: Any) -> Iterator[str]:
    """Every description in a document, at any depth, without regard to case and spaces."""
    if isinstance(value, dict):
        if isinstance(value.get("description"), str):
            yield " ".join(value["description"].casefold().split())
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_no_description_is_a_text_of_the_real_servers(shared_data: Path) -> None:
    theirs: set[str] = set()
    for path in (shared_data / "catalogs").glob("*.jsonl"):
        with path.open(encoding="utf-8") as lines:
            theirs.update(text for line in lines for text in texts(json.loads(line)))
    ours = {text for tools in TOOLS.values() for text in texts(tools) if len(text.split()) >= SHORTEST_TEXT}
    assert len(theirs) > len(ours) > 0
    assert ours & theirs == set()
