"""What the arguments of a tool say."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.catalog.classify import classify
from policyctl.catalog.classify.schema import properties_of
from policyctl.model.catalog import Category, Tool

READ, WRITE, EXECUTE, DESTRUCTIVE, FINANCIAL = Category
TEXT = {"type": "string"}


def category(name: str, **properties: Any) -> Category | None:
    return classify(Tool(name, "", input_schema={"type": "object", "properties": properties})).category


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("report", {"sql": TEXT}, EXECUTE),
        ("widget", {"command": TEXT}, EXECUTE),
        ("query", {"sql": TEXT}, EXECUTE),
        ("widget", {"code": {"type": "string", "description": "country code"}}, WRITE),
        ("validate_sql", {"sql": TEXT}, READ),
        ("create_script", {"script": TEXT}, WRITE),
        ("widget", {"url": TEXT, "method": TEXT, "headers": {"type": "object"}}, EXECUTE),
        ("widget", {"amount": {"type": "number"}, "currency": TEXT}, FINANCIAL),
        ("calculate_tax", {"amount": {"type": "number"}, "currency": TEXT}, READ),
        ("widget", {"path": TEXT, "content": TEXT}, WRITE),
        ("convert_page", {"page": TEXT, "output_path": TEXT}, WRITE),
        ("widget", {"id": TEXT, "limit": {"type": "integer"}}, READ),
        ("manage_stock", {"action": {"enum": ["list", "add", "purge"]}}, DESTRUCTIVE),
        ("manage_stock", {"action": {"enum": ["list", "get"]}}, WRITE),
        ("label", {"operation": {"enum": ["add", "remove"]}}, WRITE),
        ("get_data", {"method": {"enum": ["GET", "DELETE"]}}, DESTRUCTIVE),
        ("get_data", {"method": {"enum": ["GET", "HEAD"]}}, READ),
        ("get_form", {"action": {"enum": ["issue_types", "labels"]}}, READ),
        ("stock", {"action": {"type": "string", "description": "one of: create, delete"}}, DESTRUCTIVE),
        ("stock", {"action": {"anyOf": [{"const": "read"}, {"const": "erase"}]}}, DESTRUCTIVE),
        ("stock", {"state": {"enum": ["open", "delete"]}}, READ),
    ],
)
def test_arguments_speak(name: str, properties: dict[str, Any], expected: Category) -> None:
    assert category(name, **properties) is expected


def test_the_order_of_properties_does_not_matter() -> None:
    properties: dict[str, Any] = {
        "amount": TEXT,
        "currency": TEXT,
        "command": TEXT,
        "path": TEXT,
        "content": TEXT,
        "force": TEXT,
    }
    there = Tool("widget", "", input_schema={"properties": properties})
    back = Tool("widget", "", input_schema={"properties": dict(reversed(properties.items()))})
    assert classify(there).evidence == classify(back).evidence


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"action": {"enum": ["wipe", "read"]}}}}},
        {"properties": {"options": {"type": "object", "properties": {"action": {"enum": ["wipe", "read"]}}}}},
        {"allOf": [{"properties": {"action": {"enum": ["wipe", "read"]}}}]},
    ],
)
def test_an_argument_is_found_within_others(schema: dict[str, Any]) -> None:
    assert classify(Tool("stock", "", input_schema=schema)).category is DESTRUCTIVE


def test_references_that_lead_in_a_circle_or_fan_out_end() -> None:
    loop: Any = {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}}
    assert properties_of(loop) == ()
    many = [{"$ref": "#/$defs/a"} for _ in range(2_000)]
    fan: Any = {
        "anyOf": many,
        "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/b"} for _ in range(2_000)]}, "b": {"anyOf": [{}] * 2_000}},
    }
    assert properties_of(fan) == ()


def test_of_very_many_arguments_some_are_read() -> None:
    schema: Any = {"properties": {f"p{number}": TEXT for number in range(5_000)}}
    assert len(properties_of(schema)) == 300
