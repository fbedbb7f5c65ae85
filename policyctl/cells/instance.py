"""Whether a value is valid under a JSON Schema, in the words that tools' input schemas are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from policyctl.cells.schema import MOST_DEPTH, Schema, is_number, properties_of, resolve
from policyctl.cells.values import identity
from policyctl.pattern import PatternError, compile_pattern

#: Words that say nothing of validity.
_SILENT = frozenset(
    {
        "$schema", "$id", "$anchor", "$comment", "$defs", "definitions", "title", "description", "default", "examples",
        "example", "deprecated", "readOnly", "writeOnly", "format", "contentEncoding", "contentMediaType", "nullable",
    }
)  # fmt: skip


def unknown_words(schema: Any, depth: int = 0) -> Iterator[str]:
    """The words of a schema, however deep, that are not understood here."""
    if not isinstance(schema, Mapping) or depth > MOST_DEPTH:
        return
    for word, value in schema.items():
        if word in {"properties", "$defs", "definitions"} and isinstance(value, Mapping):
            for inner in value.values():
                yield from unknown_words(inner, depth + 1)
        elif word in {"items", "additionalProperties", "not"}:
            yield from unknown_words(value, depth + 1)
        elif word in {"anyOf", "oneOf", "allOf"} and isinstance(value, list):
            for inner in value:
                yield from unknown_words(inner, depth + 1)
        elif word == "pattern" and not _is_pattern(value):
            yield f"pattern {value}"
        elif word not in _CHECKS and word not in _SILENT and not word.startswith("x-") and word != "$ref":
            yield word


def is_valid(value: Any, schema: Any, root: Schema, depth: int = 0) -> bool:
    """Whether the value is valid, as far as the words that are understood say."""
    schema = resolve(schema, root)
    if depth > MOST_DEPTH or not isinstance(schema, Mapping):
        return schema is not False
    return all(
        _CHECKS[word](value, operand, schema, root, depth) for word, operand in schema.items() if word in _CHECKS
    )


def _is_type(value: Any, name: Any) -> bool:
    match name:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return is_number(value) and (isinstance(value, int) or value.is_integer())
        case "number":
            return is_number(value)
        case "string":
            return isinstance(value, str)
        case "array":
            return isinstance(value, list)
        case "object":
            return isinstance(value, dict)
        case _:
            return True


def _type(value: Any, operand: Any, *_: Any) -> bool:
    return any(_is_type(value, name) for name in (operand if isinstance(operand, list) else [operand]))


def _enum(value: Any, operand: Any, *_: Any) -> bool:
    return not isinstance(operand, list) or identity(value) in map(identity, operand)


def _const(value: Any, operand: Any, *_: Any) -> bool:
    return identity(value) == identity(operand)


def _bound(holds: Callable[[Any, Any], bool]) -> Callable[..., bool]:
    return lambda value, operand, *_: not is_number(value) or not is_number(operand) or holds(value, operand)


def _multiple(value: Any, operand: Any, *_: Any) -> bool:
    from decimal import Decimal

    if not is_number(value) or not is_number(operand) or not operand or value in {float("inf"), float("-inf")}:
        return True
    return Decimal(repr(value)) % Decimal(repr(operand)) == 0


def _size(kind: type, holds: Callable[[int, int], bool]) -> Callable[..., bool]:
    def check(value: Any, operand: Any, *_: Any) -> bool:
        return not isinstance(value, kind) or not is_number(operand) or holds(len(value), operand)  # type: ignore[arg-type]

    return check


def _pattern(value: Any, operand: Any, *_: Any) -> bool:
    return not isinstance(value, str) or not _is_pattern(operand) or compile_pattern(operand).search(value)


def _is_pattern(operand: Any) -> bool:
    try:
        return isinstance(operand, str) and compile_pattern(operand) is not None
    except PatternError:
        return False


def _properties(value: Any, operand: Any, _: Any, root: Schema, depth: int) -> bool:
    if not isinstance(value, dict) or not isinstance(operand, Mapping):
        return True
    return all(is_valid(value[key], inner, root, depth + 1) for key, inner in operand.items() if key in value)


def _required(value: Any, operand: Any, *_: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(operand, list):
        return True
    # A name that is no text is a mistake of the schema, and no member could have it.
    return all(name in value for name in operand if isinstance(name, str))


def _additional(value: Any, operand: Any, schema: Any, root: Schema, depth: int) -> bool:
    if not isinstance(value, dict) or "patternProperties" in schema:
        return True
    properties = properties_of(schema)
    return all(is_valid(member, operand, root, depth + 1) for key, member in value.items() if key not in properties)


def _items(value: Any, operand: Any, _: Any, root: Schema, depth: int) -> bool:
    return not isinstance(value, list) or all(is_valid(element, operand, root, depth + 1) for element in value)


def _unique(value: Any, operand: Any, *_: Any) -> bool:
    return operand is not True or not isinstance(value, list) or len(set(map(identity, value))) == len(value)


def _alternatives(holds: Callable[[int, int], bool]) -> Callable[..., bool]:
    def check(value: Any, operand: Any, _: Any, root: Schema, depth: int) -> bool:
        branches = operand if isinstance(operand, list) else []
        return holds(sum(is_valid(value, branch, root, depth + 1) for branch in branches), len(branches))

    return check


def _not(value: Any, operand: Any, _: Any, root: Schema, depth: int) -> bool:
    return not is_valid(value, operand, root, depth + 1)


def _at_least(size: Any, least: Any) -> bool:
    return bool(size >= least)


def _at_most(size: Any, most: Any) -> bool:
    return bool(size <= most)


_CHECKS: dict[str, Callable[..., bool]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _bound(_at_least),
    "maximum": _bound(_at_most),
    "exclusiveMinimum": _bound(lambda value, bound: bool(value > bound)),
    "exclusiveMaximum": _bound(lambda value, bound: bool(value < bound)),
    "multipleOf": _multiple,
    "minLength": _size(str, _at_least),
    "maxLength": _size(str, _at_most),
    "pattern": _pattern,
    "properties": _properties,
    "required": _required,
    "additionalProperties": _additional,
    "minProperties": _size(dict, _at_least),
    "maxProperties": _size(dict, _at_most),
    "items": _items,
    "minItems": _size(list, _at_least),
    "maxItems": _size(list, _at_most),
    "uniqueItems": _unique,
    "allOf": _alternatives(lambda valid, count: valid == count),
    "anyOf": _alternatives(lambda valid, count: valid > 0 or not count),
    "oneOf": _alternatives(lambda valid, count: valid == 1 or not count),
    "not": _not,
}
