"""What the input schema of a tool says about one argument, and where it leaves that open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.cells.schema import MOST_DEPTH, Schema, properties_of, required_of, resolve, schemas_of
from policyctl.model.catalog import Tool
from policyctl.model.json_types import JSON_TYPES
from policyctl.model.values import JSONValue
from policyctl.pattern import PatternError, compile_pattern

Path = tuple[str, ...]

_EITHER = ("anyOf", "oneOf")
_NULL = frozenset({"null"})


def schema_at(tool: Tool | None, path: Path) -> Mapping[str, Any] | None:
    """The schema of the argument at a path, or of all arguments at (); None where nothing is said.

    References are followed, parts of `allOf` are one schema as far as they agree, and what is optional by
    `anyOf` with null is a schema that takes null. Alternatives that are left say what they say in `anyOf`.
    """
    root = tool.input_schema if tool else None
    if root is None:
        return None
    schema: Schema = _flat(root, root)
    for key in path:
        inner = _member(schema, key, root)
        if inner is None:
            return None
        schema = _flat(inner, root)
    return schema if isinstance(schema, Mapping) else None


def members_at(tool: Tool, path: Path) -> Mapping[str, Mapping[str, Any]]:
    """The schemas of the members that the object at a path is said to have, by name, those of all alternatives included."""
    schema = schema_at(tool, path)
    names = () if schema is None else dict.fromkeys(_names(schema, tool.input_schema or {}))
    return {name: inner for name in names if (inner := schema_at(tool, (*path, name))) is not None}


def is_closed(schema: Mapping[str, Any]) -> bool:
    """Whether all members of an object are known: it lists some, and nothing says that there are others."""
    others = ("additionalProperties", "patternProperties", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "$ref")
    return bool(properties_of(schema)) and not any(schema.get(word) for word in others)


def is_required(tool: Tool, path: Path) -> bool:
    """Whether every valid call has the argument, be it null."""
    return all(
        schema is not None and _requires(schema, path[length], tool.input_schema or {})
        for length in range(len(path))
        for schema in [schema_at(tool, path[:length])]
    )


def types_of(schema: Mapping[str, Any] | None) -> frozenset[str] | None:
    """The types that a value may have, by JSON Schema's names; None where they are not told."""
    if schema is None:
        return None
    if (values := values_of(schema)) is not None:
        return frozenset(map(_type_of, values))
    if "type" in schema:
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        told = frozenset(name for name in names if isinstance(name, str))
        # Other names, such as `dict`, say nothing.
        return told if told and told <= JSON_TYPES and len(told) == len(names) else None
    branches = next((schemas_of(schema.get(word)) for word in _EITHER if schema.get(word)), [])
    kinds = [types_of(branch) if isinstance(branch, Mapping) else None for branch in branches]
    known = [types for types in kinds if types is not None]
    return frozenset().union(*known) if known and len(known) == len(kinds) else None


def values_of(schema: Mapping[str, Any] | None) -> tuple[JSONValue, ...] | None:
    """All values that there are, where the schema lists them."""
    if schema is None:
        return None
    if "const" in schema:
        return (schema["const"],)
    if isinstance(schema.get("enum"), list) and schema["enum"]:
        return tuple(schema["enum"])
    branches = next((schemas_of(schema.get(word)) for word in _EITHER if schema.get(word)), [])
    lists = [values_of(branch) if isinstance(branch, Mapping) else None for branch in branches]
    known = [values for values in lists if values is not None]
    return tuple(value for values in known for value in values) if known and len(known) == len(lists) else None


def has_type(value: JSONValue, types: frozenset[str]) -> bool:
    """Whether a value is of one of the types; null is absence, which is of any."""
    kind = _type_of(value)
    is_whole = isinstance(value, float) and value.is_integer() and "integer" in types
    return value is None or kind in types or (kind == "integer" and "number" in types) or is_whole


def _type_of(value: JSONValue) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _flat(schema: Any, root: Schema, depth: int = 0) -> Schema:
    """The schema with its reference followed, and with `allOf` and an alternative of null taken into it."""
    found = resolve(schema, root)
    if not isinstance(found, Mapping) or depth > MOST_DEPTH:
        return found
    if parts := schemas_of(found.get("allOf")):
        rest = {word: value for word, value in found.items() if word != "allOf"}
        found = _together([rest, *(_flat(part, root, depth + 1) for part in parts)]) or found
    for word in _EITHER:
        branches = [_flat(branch, root, depth + 1) for branch in schemas_of(found.get(word))]
        others = [branch for branch in branches if types_of(branch if isinstance(branch, Mapping) else None) != _NULL]
        if len(others) == 1 and isinstance(others[0], Mapping):
            rest = {key: value for key, value in found.items() if key != word}
            found = _together([rest, _or_null(others[0]) if len(branches) > 1 else others[0]]) or found
        elif branches:
            found = {**found, word: branches}
    return found


def _together(parts: list[Schema]) -> Mapping[str, Any] | None:
    """What all of the parts say, as one schema; None where two of them say something else by the same word."""
    found: dict[str, Any] = {}
    for part in parts:
        if not isinstance(part, Mapping):
            return None
        for word, value in part.items():
            if word == "properties" and isinstance(value, Mapping):
                known = properties_of(found)
                if any(known[name] != value[name] for name in known.keys() & value.keys()):
                    return None
                found[word] = {**known, **value}
            elif word == "required" and isinstance(value, list):
                found[word] = [*required_of(found), *value]
            elif word in _NOTES:
                found.setdefault(word, value)
            elif word in found and found[word] != value:
                return None
            else:
                found[word] = value
    return found


#: Words that say nothing of what is valid: the outermost counts.
_NOTES = frozenset(
    {"title", "description", "default", "examples", "$comment", "$id", "$schema", "$defs", "definitions"}
)


def _or_null(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema, which also takes null."""
    found = dict(schema)
    if isinstance(enum := found.get("enum"), list):
        found["enum"] = [*enum, None]
    if "const" in found:
        found["enum"] = [found.pop("const"), None]
    if (names := found.get("type")) is not None:
        found["type"] = [*(names if isinstance(names, list) else [names]), "null"]
    return found


def _member(schema: Schema, key: str, root: Schema, depth: int = 0) -> Schema | None:
    """What is said of one member; where alternatives say it, one of them holds. None where nothing is said."""
    if not isinstance(schema, Mapping) or depth > MOST_DEPTH:
        return None
    said = list(_said(schema, key))
    for word in ("allOf", *_EITHER):
        branches = [_flat(branch, root, depth + 1) for branch in schemas_of(schema.get(word))]
        inner = [_member(branch, key, root, depth + 1) for branch in branches if _may_be_object(branch)]
        if word == "allOf":
            said.extend(each for each in inner if each is not None)
        elif inner and all(each is not None for each in inner):
            said.append(inner[0] if all(each == inner[0] for each in inner) else {"anyOf": inner})  # type: ignore[arg-type]
    if len(said) < 2:
        return said[0] if said else None
    return {"allOf": said}


def _said(schema: Mapping[str, Any], key: str) -> Iterator[Schema]:
    properties, patterns = properties_of(schema), schema.get("patternProperties")
    if key in properties:
        yield properties[key]
    matching = (
        [inner for pattern, inner in patterns.items() if _finds(pattern, key)] if isinstance(patterns, Mapping) else []
    )
    yield from matching
    others = schema.get("additionalProperties")
    if key not in properties and not matching and isinstance(others, Mapping):
        yield others


def _finds(pattern: str, key: str) -> bool:
    try:
        return compile_pattern(pattern).search(key)
    except PatternError:
        return False


def _may_be_object(schema: Schema) -> bool:
    types = types_of(schema) if isinstance(schema, Mapping) else None
    return schema is not False and (types is None or "object" in types)


def _names(schema: Mapping[str, Any], root: Schema, depth: int = 0) -> Iterator[str]:
    yield from properties_of(schema)
    for word in ("allOf", *_EITHER):
        for branch in schemas_of(schema.get(word)):
            inner = _flat(branch, root, depth + 1)
            if isinstance(inner, Mapping) and depth < MOST_DEPTH:
                yield from _names(inner, root, depth + 1)


def _requires(schema: Schema, key: str, root: Schema, depth: int = 0) -> bool:
    """Whether an object that is valid has the member."""
    if not isinstance(schema, Mapping) or depth > MOST_DEPTH:
        return False
    if key in required_of(schema):
        return True
    parts = (_flat(part, root, depth + 1) for part in schemas_of(schema.get("allOf")))
    if any(_requires(part, key, root, depth + 1) for part in parts):
        return True
    choices = [[_flat(branch, root, depth + 1) for branch in schemas_of(schema.get(word))] for word in _EITHER]
    return any(
        bool(branches) and all(_requires(branch, key, root, depth + 1) for branch in branches if _may_be_object(branch))
        for branches in choices
    )
