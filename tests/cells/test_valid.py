from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, SchemaError

from policyctl.cells.find import NOTHING, Example
from policyctl.cells.rules import passing
from policyctl.cells.truth import meets
from policyctl.cells.valid import SchemaFit, Validity, find_valid
from tests.engine.build import condition, one_tool, predicate

ORDER: dict[str, Any] = {
    "type": "object",
    "properties": {
        "currency": {"enum": ["USD", "EUR"]},
        "amount": {"type": "integer", "minimum": 1},
        "tags": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "note": {"anyOf": [{"type": "string", "minLength": 3}, {"type": "null"}]},
        "to": {"$ref": "#/$defs/account"},
    },
    "required": ["currency", "amount", "note"],
    "additionalProperties": False,
    "$defs": {
        "account": {
            "type": "object",
            "properties": {"id": {"type": "string", "pattern": "^[A-Z]{3}$", "maxLength": 3}},
            "required": ["id"],
            "additionalProperties": False,
        }
    },
}


def asked(schema: Any, *conditions: tuple[str, str, Any]) -> Validity:
    rules = one_tool(require=[predicate(condition(*one)) for one in conditions]).tools["t"]
    found = find_valid(passing(rules), schema)
    assert isinstance(found, Validity)
    assert meets(found.example.args, passing(rules))
    return found


@pytest.mark.parametrize(
    ("path", "op", "value", "args"),
    [
        ("amount", "gt", 10.5, {"amount": 11, "currency": "EUR", "note": None}),
        ("amount", "neq", 1, {"amount": 2, "currency": "EUR", "note": None}),
        ("currency", "neq", "EUR", {"amount": 1, "currency": "USD", "note": None}),
        ("tags", "exists", True, {"amount": 1, "currency": "EUR", "note": None, "tags": [""]}),
        ("tags", "contains", "x", {"amount": 1, "currency": "EUR", "note": None, "tags": ["x"]}),
        ("to", "neq", {}, {"amount": 1, "currency": "EUR", "note": None, "to": {"id": "AAA"}}),
        ("to.id", "neq", "AAA", {"amount": 1, "currency": "EUR", "note": None, "to": {"id": "AAB"}}),
        ("note", "exists", True, {"amount": 1, "currency": "EUR", "note": "aaa"}),
    ],
)
def test_an_example_is_valid_where_one_is(path: str, op: str, value: Any, args: dict[str, Any]) -> None:
    found = asked(ORDER, (f"args.{path}", op, value))
    assert (found.example.args, found.fit) == (args, SchemaFit.VALID)
    assert Draft202012Validator(ORDER).is_valid(args)


@pytest.mark.parametrize(
    ("path", "op", "value", "args"),
    [
        ("amount", "exists", False, {}),
        ("amount", "lt", 1, {"amount": 0}),
        ("amount", "eq", "1", {"amount": "1"}),
        ("currency", "eq", "GBP", {"currency": "GBP"}),
        ("unknown", "exists", True, {"unknown": False}),
        ("to.id", "contains", "x", {"to": {"id": "x"}}),
        ("note", "eq", "no", {"note": "no"}),
    ],
)
def test_what_no_valid_call_meets_is_marked(path: str, op: str, value: Any, args: dict[str, Any]) -> None:
    found = asked(ORDER, (f"args.{path}", op, value))
    assert (found.example.args, found.fit) == (args, SchemaFit.INVALID)


def test_words_that_are_not_understood_are_named() -> None:
    schema = {"type": "object", "dependentRequired": {"a": ["b"]}, "properties": {"a": {"pattern": "(?=x)"}}}
    found = asked(schema, ("args.a", "exists", True))
    assert (found.fit, found.gaps) == (SchemaFit.UNCHECKED, ("dependentRequired", "pattern (?=x)"))


@pytest.mark.parametrize(
    "schema",
    [
        {"required": [{}, ["a"], 1]},
        {"required": True, "properties": [], "anyOf": 3, "enum": 1, "type": "strange", "minLength": "x"},
        {"properties": {"a": {"$ref": "#/nowhere"}}, "allOf": [7]},
        {"properties": {"a": {"$ref": "#/properties/a"}}},
        {"$ref": "#"},
        {"properties": {"a": {"properties": {"a": {"$ref": "#"}}, "required": ["a"]}}, "required": ["a"]},
        True,
        False,
    ],
)
def test_a_broken_schema_stops_nothing(schema: Any) -> None:
    assert asked(schema, ("args.a", "exists", True)).example.args["a"] is not None


def test_without_a_call_there_is_nothing_to_be_valid() -> None:
    rules = one_tool(require=[predicate(condition("args.a", "in", []))]).tools["t"]
    assert find_valid(passing(rules), ORDER) is NOTHING


def test_the_smallest_valid_call_of_real_tools_is_valid(shared_data: Path) -> None:
    fits: Counter[SchemaFit] = Counter()
    for catalog in sorted((shared_data / "catalogs").glob("*.jsonl")):
        for number, line in enumerate(catalog.read_text("utf-8").splitlines()):
            schema = json.loads(line).get("inputSchema")
            if number % 4 or not isinstance(schema, dict):
                continue
            try:
                Draft202012Validator.check_schema(schema)
            except SchemaError:
                continue
            keys = [key for key in schema.get("properties") or {} if key and "." not in key and "[" not in key]
            for conditions in ((), *((((f"args.{key}", "exists", True),)) for key in keys[:3])):
                found = asked(schema, *conditions)
                assert isinstance(found.example, Example)
                if found.fit is not SchemaFit.UNCHECKED:
                    is_valid = Draft202012Validator(schema).is_valid(found.example.args)
                    assert is_valid is (found.fit is SchemaFit.VALID), (schema, found)
                fits[found.fit] += 1
    assert fits[SchemaFit.VALID] > 100
    assert fits[SchemaFit.UNCHECKED] < fits[SchemaFit.VALID] // 50


@pytest.mark.parametrize("reference", ["#amount", "#amount/x", "amount.json", "#/$defs/none"])
def test_a_reference_that_cannot_be_followed_says_nothing(reference: str) -> None:
    schema = {
        "type": "object",
        "properties": {"amount": {"$ref": reference}},
        "$defs": {"amount": {"$anchor": "amount"}},
    }
    assert asked(schema, ("args.amount", "gt", 0)).fit is not SchemaFit.INVALID
