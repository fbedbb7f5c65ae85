"""The reader of catalogs and the published schema agree on every document, except about names that are listed twice."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyctl.reading.catalog import read_catalog
from policyctl.source.document import Document
from policyctl.source.read import read_document

SCHEMA = Path(__file__).parent.parent.parent / "schemas" / "catalog.schema.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))

anything = st.sampled_from(
    [None, True, 0, 1, 1.5, "", "1", "Read", "Low", "low", [], ["a"], {}, {"id": "s"}, {"type": "object"}]
)
text = st.sampled_from(["", "a", "b", "Read"])
category = st.sampled_from(["Read", "Write", "Execute", "Destructive", "Financial"])
risk = st.sampled_from(["Low", "Medium", "High", "Critical"])
evidence = st.fixed_dictionaries({"signal": text, "where": text, "says": text})
review = st.fixed_dictionaries(
    {"by": text, "on": text, "category": category, "risk": risk, "why": text}, optional={"digest": text}
)
tool = st.fixed_dictionaries(
    {"name": st.uuids().map(str)},
    optional={
        "title": text | st.none(),
        "description": text | st.none(),
        "inputSchema": st.just({"type": "object"}) | st.none(),
        "outputSchema": st.sampled_from([{}, True, False, None]),
        "annotations": st.sampled_from([{"readOnlyHint": True}, {}, None]),
        "category": category,
        "risk": risk,
        "tags": st.lists(st.sampled_from(["money", "code", "private-data"]), max_size=3),
        "confidence": st.sampled_from(["low", "medium", "high"]),
        "evidence": st.lists(evidence, max_size=2),
        "reviewed": review,
        "digest": text,
        "icons": anything,
    },
)
server = st.fixed_dictionaries({"id": text, "name": text}, optional={"version": text, "source": text})
catalog = st.fixed_dictionaries(
    {"version": st.just("1"), "server": server, "tools": st.lists(tool, max_size=2)}, optional={"$schema": text}
)


def mutated(document: Any, draw: st.DrawFn) -> Any:
    """The document with one member, somewhere, dropped, replaced or added."""
    holders = list(objects(document))
    holder = draw(st.sampled_from(holders))
    key = draw(st.sampled_from([*holder, "extra", "risk", "name"]))
    if draw(st.booleans()) and key in holder:
        del holder[key]
    else:
        holder[key] = deepcopy(draw(anything))
    return document


def objects(value: Any) -> list[dict[str, Any]]:
    match value:
        case dict():
            return [value, *(found for member in value.values() for found in objects(member))]
        case list():
            return [found for element in value for found in objects(element)]
        case _:
            return []


@st.composite
def documents(draw: st.DrawFn) -> Any:
    document = deepcopy(draw(catalog))
    return mutated(document, draw) if draw(st.booleans()) else document


@settings(max_examples=400)
@given(documents() | anything)
@example({"version": "1", "server": {"id": "s", "name": "n"}, "tools": [{"name": "a", "evidence": None}]})
@example({"version": "1", "server": None, "tools": []})
def test_the_reader_accepts_what_the_schema_accepts(document: Any) -> None:
    read = read_document("c.json", json.dumps(document).encode())
    assert isinstance(read, Document)
    reading = read_catalog(read)
    assert (reading.catalog is None) == bool(reading.diagnostics)
    assert (reading.catalog is not None) == VALIDATOR.is_valid(document), [d.message for d in reading.diagnostics]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["tools", "server", "name"]), inner),
    max_leaves=8,
)


@given(json_values)
def test_no_document_is_too_strange_to_be_read(document: Any) -> None:
    read = read_document("c.json", json.dumps(document).encode())
    assert isinstance(read, Document)
    reading = read_catalog(read)
    assert (reading.catalog is None) == bool(reading.diagnostics)
    assert all(found.span is not None and found.pointer is not None for found in reading.diagnostics)
