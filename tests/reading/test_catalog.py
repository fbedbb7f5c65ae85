"""Catalog documents: what is read, and where each mistake is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policyctl.model.catalog import Category, Confidence, Evidence, Review, Risk, Tool
from policyctl.reading.catalog import CatalogReading, read_catalog
from policyctl.source.document import Document
from policyctl.source.read import read_document

SERVER = {"id": "s", "name": "Server"}


def read(text: str) -> CatalogReading:
    document = read_document("catalog.json", text.encode())
    assert isinstance(document, Document)
    return read_catalog(document)


def read_tool(**tool: Any) -> CatalogReading:
    return read(json.dumps({"version": "1", "server": SERVER, "tools": [{"name": "t", **tool}]}))


def test_a_catalog_without_classes_still_gives_names() -> None:
    catalog = read('{"version": "1", "server": {"id": "s", "name": "Server"}, "tools": [{"name": "a"}]}').catalog
    assert catalog is not None
    assert (catalog.server_id, catalog.server_name, catalog.has_classes) == ("s", "Server", False)
    assert catalog.tools == {"a": Tool("a", "/tools/0")}


def test_everything_that_is_known_about_a_tool_is_read() -> None:
    evidence = {"signal": "verb", "where": "name", "says": "cancel"}
    review = {"by": "ada", "on": "2026-01-31", "category": "Financial", "risk": "High", "why": "orders are money"}
    catalog = read_tool(
        title="T",
        description="d",
        inputSchema={"type": "object"},
        outputSchema=True,
        annotations={"readOnlyHint": False},
        category="Destructive",
        risk="Critical",
        confidence="low",
        evidence=[evidence],
        reviewed=review,
        digest="sha256:00",
        icons=[],
    ).catalog
    assert catalog is not None
    assert catalog.tools["t"] == Tool(
        name="t",
        pointer="/tools/0",
        title="T",
        description="d",
        input_schema={"type": "object"},
        output_schema=True,
        annotations={"readOnlyHint": False},
        category=Category.DESTRUCTIVE,
        risk=Risk.CRITICAL,
        confidence=Confidence.LOW,
        evidence=(Evidence("verb", "name", "cancel"),),
        reviewed=Review("ada", "2026-01-31", Category.FINANCIAL, Risk.HIGH, "orders are money"),
        digest="sha256:00",
        fields={"icons": []},
    )


def test_a_server_may_write_null_for_what_it_does_not_have() -> None:
    reading = read_tool(title=None, description=None, inputSchema=None, outputSchema=None, annotations=None)
    assert reading.catalog is not None
    assert reading.catalog.tools["t"] == Tool("t", "/tools/0")


@pytest.mark.parametrize(
    ("text", "code", "pointer", "line", "column", "help_"),
    [
        ("[]", "SCH21", "", 1, 1, None),
        ('{"version": 1, "server": {"id": "s", "name": "n"}, "tools": []}', "SCH02", "/version", 1, 13, '"1"'),
        ('{"version": "1", "tools": []}', "SCH22", "", 1, 1, "add `server`"),
        ('{"version": "1", "server": {"id": "s"}, "tools": []}', "SCH22", "/server", 1, 18, "add `name`"),
        ('{"version": "1", "server": {"id": "s", "name": 5}, "tools": []}', "SCH21", "/server/name", 1, 48, None),
        (
            '{"version": "1",\n "server": {"id": "s", "name": "n"},\n "tools": [], "tool": []}',
            *("SCH01", "/tool", 3, 15, "did you mean `tools`?"),
        ),
        ('{"version": "1", "server": {"id": "s", "name": "n"}, "tools": {}}', "SCH21", "/tools", 1, 63, None),
    ],
)
def test_a_mistake_in_the_document_is_found_where_it_is(
    text: str, code: str, pointer: str, line: int, column: int, help_: str | None
) -> None:
    reading = read(text)
    assert reading.catalog is None
    (found,) = reading.diagnostics
    assert found.span is not None
    start = found.span.start
    assert (found.code, found.pointer, start.line, start.column) == (code, pointer, line, column)
    assert help_ is None or (found.help is not None and help_ in found.help)


@pytest.mark.parametrize(
    ("tool", "code", "pointer", "words"),
    [
        ({"name": 5}, "SCH21", "/tools/0/name", "not the number `5`"),
        ({"category": "financial"}, "SCH26", "/tools/0/category", "cannot be `financial`"),
        ({"category": None}, "SCH26", "/tools/0/category", "not null"),
        ({"risk": "Severe"}, "SCH26", "/tools/0/risk", "cannot be `Severe`"),
        ({"inputSchema": []}, "SCH21", "/tools/0/inputSchema", "not a list"),
        ({"outputSchema": "s"}, "SCH21", "/tools/0/outputSchema", "not the text `s`"),
        ({"annotations": True}, "SCH21", "/tools/0/annotations", "not `true`"),
        ({"as_listed": True}, "SCH21", "/tools/0/as_listed", "must be `false` or an object"),
        ({"evidence": [{"signal": "verb", "where": "name"}]}, "SCH22", "/tools/0/evidence/0", "no `says`"),
        ({"evidence": [7]}, "SCH21", "/tools/0/evidence/0", "not the number `7`"),
        (
            {"reviewed": {"by": "a", "on": "b", "why": "c", "risk": "Low", "category": "Read", "date": "d"}},
            *("SCH01", "/tools/0/reviewed/date", "no key `date`"),
        ),
        ({"digest": 1}, "SCH21", "/tools/0/digest", "not the number `1`"),
    ],
)
def test_a_mistake_in_a_tool_is_found_where_it_is(tool: dict[str, Any], code: str, pointer: str, words: str) -> None:
    reading = read_tool(**tool)
    assert reading.catalog is None
    (found,) = reading.diagnostics
    assert (found.code, found.pointer) == (code, pointer)
    assert words in found.message


def test_all_mistakes_are_found_at_once() -> None:
    reading = read('{"version": "2", "server": 1, "tools": [1, {}, {"name": "a", "risk": "low"}]}')
    assert [found.pointer for found in reading.diagnostics] == [
        "/version",
        "/server",
        "/tools/0",
        "/tools/1",
        "/tools/2/risk",
    ]
    assert reading.diagnostics[-1].help == "did you mean `Low`?"


def test_a_tool_that_is_listed_twice_is_an_error_at_the_second() -> None:
    reading = read(
        '{"version": "1", "server": {"id": "s", "name": "n"}, "tools": [\n{"name": "a"},\n{"name": "b"},\n{"name": "a"}]}'
    )
    (found,) = reading.diagnostics
    assert (found.code, found.pointer) == ("SCH03", "/tools/2/name")
    assert found.message == "the tool `a` is already listed on line 2"


def test_classes_are_ordered_by_what_they_can_do() -> None:
    assert sorted(Category, key=lambda category: category.rank) == list(Category)
    assert sorted(Risk, key=lambda risk: risk.rank) == list(Risk)
