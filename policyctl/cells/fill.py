"""Small valid values under a schema, for what a policy does not ask about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from policyctl.cells.automaton import of_length, of_pattern
from policyctl.cells.instance import is_valid
from policyctl.cells.schema import MOST_DEPTH, Schema, properties_of, required_of, resolve, schemas_of
from policyctl.cells.search import TooManyStatesError, shortest
from policyctl.cells.syntax import OutsideSubsetError
from policyctl.pattern import PatternError, compile_pattern

#: More elements than these are not made up.
_MOST_ITEMS = 100


def filled(value: Any, schema: Any, root: Schema, nullable: frozenset[tuple[str, ...]]) -> Any:
    """A copy of the value with what the schema requires beside it: elements of lists, and null where null has to stand."""
    return _filled(deepcopy(value), schema, root, (), nullable)


def _filled(value: Any, schema: Any, root: Schema, path: tuple[str, ...], nullable: frozenset[tuple[str, ...]]) -> Any:
    schema = resolve(schema, root)
    if not isinstance(schema, Mapping) or len(path) > MOST_DEPTH:
        return value
    for part in schemas_of(schema.get("allOf")):
        value = _filled(value, part, root, path, nullable)
    if isinstance(value, dict):
        _fill_object(value, schema, root, path, nullable)
    elif isinstance(value, list):
        _fill_list(value, schema, root)
    return value


def _fill_object(
    value: dict[str, Any], schema: Mapping[str, Any], root: Schema, path: tuple[str, ...], nullable: frozenset[Any]
) -> None:
    properties = properties_of(schema)
    if value.get("other") is True and "other" not in properties and schema.get("additionalProperties") is False:
        # A member that only tells the object apart: one that the schema knows does that as well.
        free = next((key for key in properties if key not in value), None)
        if free is not None:
            del value["other"]
            value[free] = example(properties[free], root)
    for key in required_of(schema):
        if key not in value and (*path, key) in nullable:
            value[key] = None
    for key, inner in properties.items():
        if key in value:
            value[key] = _filled(value[key], inner, root, (*path, key), nullable)


def _fill_list(value: list[Any], schema: Mapping[str, Any], root: Schema) -> None:
    least = schema.get("minItems")
    if isinstance(least, int) and len(value) < least <= _MOST_ITEMS:
        value.extend(example(schema.get("items", True), root) for _ in range(least - len(value)))


def example(schema: Any, root: Schema, depth: int = 0) -> Any:
    """A small value that is valid, or at least of the right type."""
    schema = resolve(schema, root)
    if not isinstance(schema, Mapping) or depth > MOST_DEPTH:
        return None
    candidates = _candidates(schema, root, depth)
    first = next(candidates, None)
    return next((one for one in (first, *candidates) if is_valid(one, schema, root)), first)


def _candidates(schema: Mapping[str, Any], root: Schema, depth: int) -> Iterator[Any]:
    if "const" in schema:
        yield schema["const"]
    enum = schema.get("enum")
    yield from enum if isinstance(enum, list) else ()
    for word in ("anyOf", "oneOf", "allOf"):
        for branch in schemas_of(schema.get(word)):
            yield example(branch, root, depth + 1)
    types = schema.get("type")
    for name in types if isinstance(types, list) else [types]:
        yield from _of_type(name, schema, root, depth)
    yield from (None, "", 0, False)


def _of_type(name: Any, schema: Mapping[str, Any], root: Schema, depth: int) -> Iterator[Any]:
    match name:
        case "string":
            yield _text(schema)
        case "integer" | "number":
            bounds = [
                schema[word]
                for word in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
                if word in schema
            ]
            yield 0
            yield from (
                number + step for number in bounds if isinstance(number, int | float) for step in (0, 1, -1, 0.5)
            )
        case "boolean":
            yield False
        case "array":
            elements: list[Any] = []
            _fill_list(elements, schema, root)
            yield elements
        case "object":
            properties = properties_of(schema)
            yield {key: example(properties.get(key, True), root, depth + 1) for key in required_of(schema)}
        case _:
            yield None


def _text(schema: Mapping[str, Any]) -> str:
    least, pattern = schema.get("minLength"), schema.get("pattern")
    try:
        asked = [of_length(least)] if isinstance(least, int) and 0 < least <= 1_000 else []
        if isinstance(pattern, str):
            compile_pattern(pattern)
            asked.append(of_pattern(pattern))
        return shortest(asked, (), ()) or ""
    except (PatternError, OutsideSubsetError, TooManyStatesError):
        return ""
