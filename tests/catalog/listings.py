"""Strategies for lists of tools, good and bad, and shorthands for what tests build."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from policyctl.catalog.load import read_catalogs
from policyctl.model.catalog import Catalog

WORDS = st.sampled_from(["a", "b", "name", "to", "p\u0430y", "pay", "\u202e", "", "\U000e0041", "<!-- x -->", "x y"])
KEYS = st.sampled_from(
    [
        "tools",
        "name",
        "description",
        "inputSchema",
        "outputSchema",
        "annotations",
        "server",
        "version",
        "result",
        "jsonrpc",
        "properties",
        "required",
        "type",
        "enum",
        "$ref",
        "items",
        "anyOf",
        "nextCursor",
        "serverInfo",
        "category",
        "reviewed",
        "as_listed",
        "readOnlyHint",
        "message",
        "_meta",
        "title",
        "id",
        "a/b",
        "default",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False, allow_infinity=False) | WORDS
SCALARS |= st.sampled_from(["2.0", "1", "#", "#/properties/a", "object", "string", "number", '{"jsonrpc":"2.0"}'])
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | WORDS, inner, max_size=6),
    max_leaves=30,
)
SCHEMAS = st.recursive(
    st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["string", "number", "integer", "object", ["string", "null"]]),
            "enum": st.lists(SCALARS, max_size=3),
            "description": WORDS,
            "maximum": st.integers(0, 9),
            "$ref": st.sampled_from(["#", "#/properties/a", "#/nowhere"]),
        },
    ),
    lambda inner: st.fixed_dictionaries(
        {"type": st.just("object"), "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3)},
        optional={
            "required": st.lists(st.sampled_from("abc"), unique=True),
            "additionalProperties": st.booleans() | inner,
        },
    ),
    max_leaves=6,
)
TOOLS = st.fixed_dictionaries(
    {"name": st.sampled_from(["pay", "Pay", "p\u0430y", "look_up", "drop", "t" * 200])},
    optional={
        "description": WORDS | st.sampled_from(["Pays somebody.", "Looks something up.", "Drops it all."]),
        "inputSchema": SCHEMAS | st.booleans(),
        "outputSchema": SCHEMAS | st.booleans(),
        "annotations": st.dictionaries(st.sampled_from(["readOnlyHint", "title"]), SCALARS) | st.booleans(),
        "icons": JSON,
        "category": SCALARS,
    },
)
LISTINGS = st.lists(TOOLS, max_size=5, unique_by=lambda tool: str(tool["name"]))


def catalog_of(tools: list[dict[str, Any]], name: str = "shop.json") -> Catalog:
    """The catalog of a list without a mistake."""
    reading = read_catalogs(name, json.dumps({"tools": tools}).encode())
    assert reading.catalogs, reading.diagnostics
    return reading.catalogs[0]
