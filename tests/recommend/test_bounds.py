"""What a schema says of arguments, as predicates: those of a call that keeps to the schema never deny it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policyctl.model.catalog import Category
from policyctl.model.decision import Verdict
from policyctl.recommend.arguments import arguments_of, unreachable
from policyctl.recommend.bounds import bounds_of
from policyctl.recommend.profile import Profile

from .listed import catalog, in_force, schemas, tool, verdict


def bounds(properties: Any, required: Iterable[str] = (), defs: Any = None) -> tuple[list[Any], list[Any]]:
    """The conditions of every predicate that `require` and `deny_if` get."""
    found: Any = bounds_of(arguments_of({"properties": properties, "required": list(required), "$defs": defs}))
    return _conditions(found.require), _conditions(found.deny_if)


def _conditions(predicates: Any) -> list[Any]:
    return [[(each["path"], each["op"], each["value"]) for each in one["conditions"]] for one in predicates]


@pytest.mark.parametrize(
    ("schema", "required", "optional"),
    [
        ({"enum": ["a", 1, None]}, [], [[("args.x", "not_in", ["a", 1])]]),
        ({"enum": ["a", 1]}, [[("args.x", "in", ["a", 1])]], [[("args.x", "not_in", ["a", 1])]]),
        ({"const": "a"}, [[("args.x", "in", ["a"])]], [[("args.x", "not_in", ["a"])]]),
        (
            {"type": "integer", "minimum": 1, "maximum": 9},
            [[("args.x", "gte", 1), ("args.x", "lte", 9)]],
            [[("args.x", "lt", 1)], [("args.x", "gt", 9)]],
        ),
        ({"exclusiveMinimum": 0.5}, [[("args.x", "gt", 0.5)]], [[("args.x", "lte", 0.5)]]),
        ({"maximum": 9, "exclusiveMaximum": True}, [[("args.x", "lt", 9)]], [[("args.x", "gte", 9)]]),
        ({"$ref": "#/$defs/n"}, [[("args.x", "lte", 5)]], [[("args.x", "gt", 5)]]),
    ],
)
def test_what_must_be_there_is_required_and_of_the_rest_what_is_wrong_is_denied(
    schema: Any, required: list[Any], optional: list[Any]
) -> None:
    defs = {"n": {"maximum": 5}}
    needed = bounds({"x": schema}, ["x"], defs)
    assert needed == ((required, []) if required else ([], optional))
    assert bounds({"x": schema}, defs=defs) == ([], optional)


@pytest.mark.parametrize(
    "schema",
    [
        True,
        "text",
        {},
        {"enum": []},
        {"enum": [None]},
        {"enum": "abc"},
        {"enum": list(range(101))},
        {"minimum": "1"},
        {"maximum": True},
        {"type": "boolean"},
        {"$ref": "#/properties/x"},
        {"$ref": "https://example.com/x"},
        {"$ref": 7},
        {"anyOf": "x"},
    ],
)
def test_what_says_nothing_of_values_bounds_nothing(schema: Any) -> None:
    assert bounds({"x": schema}, ["x"]) == ([], [])


@pytest.mark.parametrize("name", ["force", "forceDelete", "is_recursive", "OVERWRITE", "purge"])
def test_a_switch_that_makes_a_change_final_has_to_be_off(name: str) -> None:
    assert bounds({name: {"type": "boolean"}}, [name]) == ([], [[(f"args.{name}", "neq", False)]])


@pytest.mark.parametrize("name", ["workforce", "enforced_by", "draft"])
def test_a_switch_of_another_name_is_none(name: str) -> None:
    assert bounds({name: {"type": "boolean"}}) == ([], [])


def test_an_argument_within_an_object_is_reached_by_its_path() -> None:
    inner = {"type": "object", "properties": {"y": {"enum": [1]}}, "required": ["y"]}
    assert bounds({"x": inner}, ["x"])[0] == [[("args.x.y", "in", [1])]]
    # The object may be left out, and what is in it with it.
    assert bounds({"x": inner})[1] == [[("args.x.y", "not_in", [1])]]


def test_a_branch_beside_null_is_optional() -> None:
    either = {"anyOf": [{"type": "integer", "maximum": 3}, {"type": "null"}]}
    assert bounds({"x": either}, ["x"]) == ([], [[("args.x", "gt", 3)]])


def test_an_argument_that_no_path_can_name_is_left_out_and_known_to_be() -> None:
    schema = {"properties": {"a.b": {"enum": [1]}, "c[0]": {"enum": [1]}, "": {"enum": [1]}, "d": {"enum": [1]}}}
    assert [argument.name for argument in arguments_of(schema)] == ["d"]
    assert unreachable(schema) == ("a.b", "c[0]", "")


def test_a_recursive_schema_ends() -> None:
    node: dict[str, Any] = {"properties": {f"k{n}": {"$ref": "#"} for n in range(40)}}
    node["properties"]["self"] = {"$ref": "#/properties/self"}
    node["properties"]["deep"] = {"$ref": "#/$defs/node"}
    node["$defs"] = {"node": {"properties": {f"c{n}": {"$ref": "#/$defs/node"} for n in range(40)}}}
    assert len(arguments_of(node)) == 200


@given(schemas.filter(lambda value: isinstance(value, dict)), st.data())
def test_a_call_that_keeps_to_the_schema_is_never_denied_by_its_bounds(schema: Any, data: st.DataObject) -> None:
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return
    args = {}
    for name, declared in properties.items():
        listed = declared.get("enum") if isinstance(declared, dict) else None
        values = listed if isinstance(listed, list) and listed else [1, 0, -5, "x", True, False]
        args[name] = data.draw(st.sampled_from(values))
    whole = {"type": "object", **schema}
    try:
        Draft202012Validator.check_schema(whole)
        is_kept = Draft202012Validator(whole).is_valid(args)
    except Exception:  # noqa: BLE001 - what the validator cannot read says nothing of the call
        return
    # A switch that is on is denied although the schema allows it.
    if is_kept and "force" not in args:
        listed = replace(tool(category=Category.WRITE), input_schema=whole)
        assert verdict(in_force(catalog(listed), Profile.STRICT), "t", **args) is Verdict.ALLOW
