"""A catalog that is written and read again is the same catalog."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl.model.catalog import Catalog, Category, Confidence, Evidence, Review, Risk, Tag, Tool
from policyctl.reading.catalog import read_catalog
from policyctl.report.catalog.document import render
from policyctl.source.document import Document
from policyctl.source.read import read_document

FIXTURES = sorted((Path(__file__).parents[3] / "fixtures" / "tool-catalogs").glob("*.json"))


def read(text: str) -> Catalog:
    document = read_document("catalog.json", text.encode())
    assert isinstance(document, Document)
    reading = read_catalog(document)
    assert reading.catalog is not None, reading.diagnostics
    return reading.catalog


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.stem)
def test_a_shipped_catalog_survives_being_written(file: Path) -> None:
    catalog = read(file.read_text("utf-8"))
    written = render(catalog)
    assert read(written).tools == catalog.tools
    assert render(read(written)) == written


def test_everything_that_is_known_of_a_tool_is_written_in_canonical_order() -> None:
    tool = Tool(
        "t\u202e",
        "/tools/0",
        title="T",
        description="d\n",
        input_schema={"type": "object", "properties": {"b": {}, "a": {}}},
        output_schema=False,
        annotations={"readOnlyHint": False},
        category=Category.WRITE,
        risk=Risk.HIGH,
        tags=frozenset({Tag.MONEY, Tag.PRIVATE_DATA}),
        confidence=Confidence.LOW,
        evidence=(Evidence("verb", "name", "t"),),
        reviewed=Review("ada", "2026-01-31", Category.WRITE, Risk.HIGH, "why", "sha256:01"),
        digest="sha256:02",
        fields={"icons": [1]},
    )
    catalog = Catalog("1", "s", "Server", server_version="2", tools={tool.name: tool})
    written = render(catalog)
    assert read(written).tools == catalog.tools
    assert '"tags": ["private-data", "money"],' in written
    assert (read(written).server_version, read(written).server_source) == ("2", None)
