"""The arguments of a tool, and what their values are used for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.catalog.arguments import Argument, arguments_of
from policyctl.catalog.kinds import words_of
from policyctl.model.catalog import Category, Tool

STRING = {"type": "string"}


def of(schema: Any, category: Category | None = None) -> tuple[Argument, ...]:
    return arguments_of(Tool("t", "/tools/0", input_schema=schema, category=category))


def one(name: str, schema: Any = STRING, category: Category | None = None) -> Argument:
    return of({"properties": {name: schema}}, category)[0]


def test_required_arguments_come_first_and_the_order_is_the_servers_otherwise() -> None:
    schema = {"properties": {"c": STRING, "b": STRING, "a": STRING}, "required": ["a", "b", "gone", 7]}
    assert [(argument.name, argument.required) for argument in of(schema)] == [("b", True), ("a", True), ("c", False)]


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["string", "null"]}, "string or null"),
        ({"type": "array", "items": {"type": "string"}}, "list of string"),
        ({"type": "array", "items": {"type": "array"}}, "list"),
        ({"type": "array", "items": True}, "list"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}, True]}, "integer or null"),
        ({"oneOf": 3}, "any"),
        ({"type": 7}, "any"),
        ({}, "any"),
        (True, "any"),
        (None, "any"),
        ([], "any"),
    ],
)
def test_a_type_is_said_in_words(schema: Any, words: str) -> None:
    assert one("x", schema).type == words


@pytest.mark.parametrize("schema", [{}, {"properties": []}, {"properties": True, "required": {}}, {"$ref": "#"}])
def test_a_schema_without_properties_has_no_arguments(schema: Any) -> None:
    assert of(schema) == ()


@pytest.mark.parametrize(
    ("name", "schema", "kinds"),
    [
        ("command", STRING, "command"),
        ("shellCmd", STRING, "command"),
        ("script", STRING, "code"),
        ("python_code", STRING, "code"),
        ("countryCode", STRING, ""),
        ("sql", STRING, "query statement"),
        ("query", STRING, ""),
        ("tool_name", STRING, "name of a tool"),
        ("method", {"type": "string", "enum": ["get", "delete"]}, "operation"),
        ("merge_method", {"type": "string", "enum": ["squash", "rebase"]}, ""),
        ("target", {"type": "string", "format": "uri"}, "URL"),
        ("baseURL", STRING, "URL"),
        ("url", {"type": "string", "enum": ["https://a"]}, ""),
        ("file_path", STRING, "path"),
        ("file_id", STRING, ""),
        ("apiKey", STRING, "secret"),
        ("key", STRING, ""),
        ("next_page_token", STRING, ""),
        ("access_token", STRING, "secret"),
        ("recipients", {"type": "array", "items": STRING}, "recipient list"),
        ("amount", {"type": "number"}, "amount"),
        ("stopPrice", STRING, "amount"),
        ("force", {"type": "boolean"}, "safety switch"),
        ("force", STRING, ""),
        ("body", STRING, "free text"),
        ("files", {"type": "array", "items": {"type": "object"}}, "list"),
        ("", STRING, ""),
        ("…", STRING, ""),
    ],
)
def test_what_an_argument_is_used_for(name: str, schema: Any, kinds: str) -> None:
    assert " ".join(one(name, schema).kinds) == kinds


def test_a_query_is_a_statement_where_something_is_run() -> None:
    assert one("query", STRING, Category.EXECUTE).kinds == ("query statement",)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("origClientOrderId", "orig client order id"),
        ("delete_branch", "delete branch"),
        ("HTTPServer-v2.list", "http server v list"),
        ("policies.create", "policies create"),
        ("", ""),
    ],
)
def test_a_name_falls_into_words(name: str, words: str) -> None:
    assert " ".join(words_of(name)) == words


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "properties", "required", "enum", "items", "anyOf", "format", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(st.dictionaries(st.sampled_from(["type", "properties", "required", "x"]), JSON, max_size=4))
def test_no_schema_is_too_odd_to_be_read(schema: Any) -> None:
    properties = schema.get("properties")
    assert len(of(schema)) == (len(properties) if isinstance(properties, dict) else 0)
