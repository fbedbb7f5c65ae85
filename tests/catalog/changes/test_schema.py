"""Two schemas compared: which argument changed, in which way, and whether more fits than before."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.catalog.changes.part import Difference, Effect, Part, What
from policyctl.catalog.changes.schema import schema_differences

T, N, WHOLE = {"type": "string"}, {"type": "number"}, {"type": "integer"}
WIDER, NARROWER, OTHER = Effect.WIDER, Effect.NARROWER, Effect.OTHER


def closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def args(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def compared(before: Any, after: Any) -> list[Difference]:
    return list(schema_differences(before, after, Part.INPUT))


#: Both schemas; then what, where below `inputSchema`, effect, argument, before and after of each difference.
CASES: dict[str, tuple[Any, Any, list[tuple[What, str, Effect, tuple[str, ...] | None, str | None, str | None]]]] = {
    "a new argument": (
        args(a=T), args(a=T, b=N),
        [(What.ADDED, "/properties/b", WIDER, ("b",), None, "number, optional")],
    ),
    "a new argument that must be there": (
        args(a=T), args("b", a=T, b=N),
        [(What.ADDED, "/properties/b", NARROWER, ("b",), None, "number, required")],
    ),
    "an argument that is gone": (
        args("a", a=T), args(),
        [(What.REMOVED, "/properties/a", NARROWER, ("a",), "string, required", None)],
    ),
    "an argument that may be left out": (
        args("a", a=T), args(a=T),
        [(What.OPTIONAL, "/properties/a", WIDER, ("a",), "required", "optional")],
    ),
    "an argument that must be there": (
        args(a=T), args("a", a=T),
        [(What.REQUIRED, "/properties/a", NARROWER, ("a",), "optional", "required")],
    ),
    "another type": (args(a=T), args(a=N), [(What.TYPE, "/properties/a/type", OTHER, ("a",), "string", "number")]),
    "one more type": (
        args(a=T), args(a={"type": ["string", "null"]}),
        [(What.TYPE, "/properties/a/type", WIDER, ("a",), "string", "string or null")],
    ),
    "a number that is an integer": (
        args(a=N), args(a=WHOLE), [(What.TYPE, "/properties/a/type", NARROWER, ("a",), "number", "integer")]
    ),
    "any type": (args(a=T), args(a={}), [(What.TYPE, "/properties/a/type", WIDER, ("a",), "string", "any type")]),
    "more values": (
        args(a={"enum": ["x"]}), args(a={"enum": ["y", "x", "z"]}),
        [(What.VALUES, "/properties/a/enum", WIDER, ("a",), "", '"y", "z"')],
    ),
    "fewer values": (
        args(a={"enum": [1, 2]}), args(a={"const": 1.0}),
        [(What.VALUES, "/properties/a/enum", NARROWER, ("a",), "2", "")],
    ),
    "any value": (
        args(a={"enum": ["x"]}), args(a={}), [(What.VALUES, "/properties/a/enum", WIDER, ("a",), '"x"', "any value")]
    ),
    "a higher maximum": (
        args(a={"maximum": 5}), args(a={"maximum": 50}),
        [(What.BOUND, "/properties/a/maximum", WIDER, ("a",), "5", "50")],
    ),
    "a higher minimum": (
        args(a={"minLength": 1}), args(a={"minLength": 2}),
        [(What.BOUND, "/properties/a/minLength", NARROWER, ("a",), "1", "2")],
    ),
    "no pattern any more": (
        args(a={"pattern": "x"}), args(a={}), [(What.BOUND, "/properties/a/pattern", WIDER, ("a",), '"x"', None)]
    ),
    "other arguments too": (
        closed(a=T), {**closed(a=T), "additionalProperties": True},
        [(What.CLOSED, "/additionalProperties", WIDER, (), "no other properties", "other properties too")],
    ),
    "an argument inside an argument": (
        args(a=args(b=T)), args(a=args(b=N)),
        [(What.TYPE, "/properties/a/properties/b/type", OTHER, ("a", "b"), "string", "number")],
    ),
    "an element of a list, which no condition reaches": (
        args(a={"items": T}), args(a={"items": N}),
        [(What.TYPE, "/properties/a/items/type", OTHER, None, "string", "number")],
    ),
    "an alternative": (
        args(a={"anyOf": [T, {"type": "null"}]}), args(a={"anyOf": [N, {"type": "null"}]}),
        [(What.TYPE, "/properties/a/anyOf/0/type", OTHER, ("a",), "string", "number")],
    ),
    "other words": (
        args(a={"description": "the sum of it"}), args(a={"description": "the sum of all"}),
        [(What.TEXT, "/properties/a/description", OTHER, ("a",), "the sum of it", "the sum of all")],
    ),
    "a default": (
        args(a={"default": 1}), args(a={"default": 2}), [(What.OTHER, "/properties/a/default", OTHER, ("a",), "1", "2")]
    ),
    "behind a reference": (
        {"$ref": "#/$defs/x", "$defs": {"x": args(a=T)}}, {"$ref": "#/$defs/x", "$defs": {"x": args(a=N)}},
        [(What.TYPE, "/properties/a/type", OTHER, ("a",), "string", "number")],
    ),
    "a reference written out": ({"$ref": "#/$defs/x", "$defs": {"x": args(a=T)}}, args(a=T), [
        (What.OTHER, "", OTHER, None, None, None)
    ]),
    "a definition that nobody uses": (
        {"$defs": {"x": T}}, {"$defs": {"x": N}}, [(What.OTHER, "", OTHER, None, None, None)]
    ),
    "a schema that refers to itself": (
        args(a={"$ref": "#"}, b=T), args(a={"$ref": "#"}, b=N),
        [(What.TYPE, "/properties/b/type", OTHER, ("b",), "string", "number")],
    ),
    "a schema at all": (None, args(a=T), [(What.ADDED, "", NARROWER, None, None, None)]),
    "no schema": (args(a=T), None, [(What.REMOVED, "", WIDER, None, None, None)]),
    "a schema that is true": (
        True, args(a=T),
        [
            (What.TYPE, "/type", NARROWER, (), "any type", "object"),
            (What.ADDED, "/properties/a", WIDER, ("a",), None, "string, optional"),
        ],
    ),
    "nothing that counts": (args("b", "a", a=T, b=T), {**args("a", "b", b=T, a=T), "required": ["b", "a"]}, []),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_each_difference_is_told_with_its_argument_and_its_effect(what: str) -> None:
    before, after, expected = CASES[what]
    found = [
        (each.what, each.pointer.removeprefix("inputSchema"), each.effect, each.argument, each.before, each.after)
        for each in compared(before, after)
    ]
    assert found == expected


def test_the_types_that_an_argument_may_have_in_addition_are_known() -> None:
    (found,) = compared(args(a=N), args(a={"type": ["string", "integer", "null"]}))
    assert found.types == {"string", "null"}
    gone, new = compared(args(a=N), args(b=N))
    assert gone.types == new.types == {"number", "integer"}


def test_a_schema_that_refers_to_itself_in_many_ways_is_compared_to_an_end() -> None:
    def knot(kind: str) -> dict[str, Any]:
        every = {f"p{number}": {"$ref": f"#/$defs/d{number}"} for number in range(12)}
        return {
            "$ref": "#/$defs/d0",
            "$defs": {f"d{number}": args(**every, leaf={"type": kind}) for number in range(12)},
        }

    *found, last = compared(knot("string"), knot("number"))
    assert found[0].argument == ("leaf",)
    assert found[1].argument == ("p1", "leaf")
    assert last.after == "a schema too entangled to be compared in full"


def test_a_definition_that_several_arguments_refer_to_changes_each_of_them() -> None:
    def schema(kind: Any) -> Any:
        return {**args(a={"$ref": "#/$defs/x"}, b={"$ref": "#/$defs/x"}), "$defs": {"x": kind}}

    assert [each.argument for each in compared(schema(T), schema(N))] == [("a",), ("b",)]


def test_a_deep_schema_is_compared_without_recursion() -> None:
    def deep(leaf: Any) -> Any:
        schema = leaf
        for _ in range(5_000):
            schema = args(a=schema)
        return schema

    (found,) = compared(deep(T), deep(N))
    assert found.argument == ("a",) * 5_000
