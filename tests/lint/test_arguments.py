"""What is read out of an input schema, and where nothing is claimed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.lint.arguments import is_closed, is_required, members_at, schema_at, types_of, values_of
from policyctl.model.catalog import Tool


def tool(schema: Any) -> Tool:
    return Tool("t", "/tools/0", input_schema=schema)


def argument(schema: Any, *path: str) -> Tool:
    """A tool whose argument `a` has the schema."""
    return tool({"type": "object", "properties": {"a": schema}})


@pytest.mark.parametrize(
    ("schema", "types"),
    [
        ({"type": "string"}, {"string"}),
        ({"type": ["string", "null"]}, {"string", "null"}),
        ({"anyOf": [{"type": "string"}, {"type": "number"}]}, {"string", "number"}),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None}, {"integer", "null"}),
        ({"oneOf": [{"$ref": "#/$defs/S"}, {"type": "array"}]}, {"string", "array"}),
        ({"allOf": [{"$ref": "#/$defs/S"}], "description": "x"}, {"string"}),
        ({"enum": ["a", 1]}, {"string", "integer"}),
        ({"const": True}, {"boolean"}),
        ({"type": "dict"}, None),
        ({"type": ["string", "dict"]}, None),
        ({"anyOf": [{"type": "string"}, {}]}, None),
        ({"$ref": "https://example.com/schema"}, None),
        ({"$ref": "#/$defs/Loop"}, None),
        ({}, None),
        (True, None),
    ],
)
def test_types_are_what_the_schema_tells(schema: Any, types: set[str] | None) -> None:
    definitions = {"S": {"type": "string"}, "Loop": {"$ref": "#/$defs/Loop"}}
    found = types_of(schema_at(tool({"properties": {"a": schema}, "$defs": definitions}), ("a",)))
    assert found == (None if types is None else frozenset(types))


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"enum": ["a", "b"]}, ("a", "b")),
        ({"const": 3}, (3,)),
        ({"anyOf": [{"enum": ["a"], "type": "string"}, {"type": "null"}]}, ("a", None)),
        ({"anyOf": [{"const": "a"}, {"const": "b"}]}, ("a", "b")),
        ({"anyOf": [{"const": "a"}, {"type": "string"}]}, None),
        ({"type": "string"}, None),
        ({"enum": []}, None),
    ],
)
def test_values_are_told_where_all_of_them_are_listed(schema: Any, values: tuple[Any, ...] | None) -> None:
    assert values_of(schema_at(argument(schema), ("a",))) == values


def test_a_default_beside_a_reference_or_an_optional_type_is_seen() -> None:
    schema = schema_at(argument({"anyOf": [{"type": "string"}, {"type": "null"}], "default": "prod"}), ("a",))
    assert schema is not None
    assert schema["default"] == "prod"


def test_an_argument_of_all_alternatives_is_one_of_what_they_say() -> None:
    either = tool(
        {
            "oneOf": [
                {"properties": {"a": {"type": "string"}}, "required": ["a"]},
                {"properties": {"a": {"type": "number"}, "b": {}}, "required": ["a"]},
            ]
        }
    )
    assert types_of(schema_at(either, ("a",))) == frozenset({"string", "number"})
    assert schema_at(either, ("b",)) is None
    assert list(members_at(either, ())) == ["a"]
    assert is_required(either, ("a",))
    assert not is_required(either, ("b",))


def test_parts_that_all_hold_are_one_object() -> None:
    both = tool(
        {
            "allOf": [
                {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]},
                {"properties": {"b": {"type": "number"}}, "required": ["b"]},
            ],
            "additionalProperties": False,
        }
    )
    schema = schema_at(both, ())
    assert schema is not None
    assert is_closed(schema)
    assert set(members_at(both, ())) == frozenset({"a", "b"})
    assert is_required(both, ("b",))


def test_parts_that_disagree_are_left_as_they_are() -> None:
    apart = argument({"allOf": [{"type": "string"}, {"type": ["string", "number"]}]})
    assert types_of(schema_at(apart, ("a",))) is None


def test_a_nested_argument_is_required_if_all_above_it_are() -> None:
    inner = {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}
    assert not is_required(tool({"properties": {"a": inner}}), ("a", "b"))
    assert is_required(tool({"properties": {"a": inner}, "required": ["a"]}), ("a", "b"))
    optional = {"anyOf": [inner, {"type": "null"}]}
    assert types_of(schema_at(tool({"properties": {"a": optional}}), ("a", "b"))) == frozenset({"string"})


def test_members_by_pattern_and_all_others_have_their_schema() -> None:
    named = tool({"patternProperties": {"^x-": {"type": "string"}}, "additionalProperties": {"type": "number"}})
    assert types_of(schema_at(named, ("x-a",))) == frozenset({"string"})
    assert types_of(schema_at(named, ("b",))) == frozenset({"number"})


def test_without_a_schema_nothing_is_said() -> None:
    assert schema_at(None, ("a",)) is None
    assert schema_at(Tool("t", ""), ("a",)) is None
    assert schema_at(tool({"properties": {"a": {}}}), ("b",)) is None


scraps: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from([True, False, None, 3, "string", "null", "dict", "#/$defs/A", [], {}, ["string", "null"], ["a"]]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["type", "enum", "const", "anyOf", "oneOf", "allOf", "properties", "required", "$ref", "$defs", "a", "A",
             "additionalProperties", "patternProperties", "default"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["properties", "anyOf", "allOf", "$ref", "$defs", "required", "type"]), scraps))
def test_no_schema_is_too_odd_to_be_read(schema: dict[str, Any]) -> None:
    odd = tool(schema)
    found = schema_at(odd, ("a", "A"))
    assert found is None or isinstance(found, dict)
    assert is_required(odd, ("a", "A")) in {True, False}
    assert all(isinstance(inner, dict) for inner in members_at(odd, ()).values())
    assert found is not None or (types_of(found), values_of(found)) == (None, None)
