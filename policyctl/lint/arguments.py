"""What the schema of a tool says about one argument."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policyctl.cells.schema import properties_of, required_of, resolve, schemas_of
from policyctl.model.catalog import Tool

Path = tuple[str, ...]


def schema_at(tool: Tool | None, path: Path) -> Mapping[str, Any] | None:
    """The schema of the argument at a path, or of all arguments at (); None where nothing is said."""
    root = tool.input_schema if tool else None
    if root is None:
        return None
    schema = resolve(root, root)
    for key in path:
        inner = properties_of(schema).get(key) if isinstance(schema, Mapping) else None
        if inner is None:
            return None
        schema = resolve(inner, root)
    return schema if isinstance(schema, Mapping) else None


def members_at(tool: Tool, path: Path) -> Mapping[str, Mapping[str, Any]]:
    """The schemas of the members of the object at a path, by name."""
    schema = schema_at(tool, path)
    names = properties_of(schema) if schema else {}
    return {name: inner for name in names if (inner := schema_at(tool, (*path, name))) is not None}


def is_closed(schema: Mapping[str, Any]) -> bool:
    """Whether all members of an object are known: it lists some, and nothing says that there are others."""
    others = ("additionalProperties", "patternProperties", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "$ref")
    return bool(properties_of(schema)) and not any(schema.get(word) for word in others)


def is_required(tool: Tool, path: Path) -> bool:
    """Whether every valid call has the argument."""
    return all(
        schema is not None and path[length] in required_of(schema)
        for length in range(len(path))
        for schema in [schema_at(tool, path[:length])]
    )


def types_of(schema: Mapping[str, Any] | None) -> frozenset[str] | None:
    """The types that a value may have, by JSON Schema's names; None where they are not told."""
    if schema is None:
        return None
    names = schema.get("type")
    if isinstance(names, str):
        return frozenset({names})
    if isinstance(names, list):
        return frozenset(name for name in names if isinstance(name, str))
    branches = schemas_of(schema.get("anyOf")) or schemas_of(schema.get("oneOf"))
    told = [types_of(branch) if isinstance(branch, Mapping) else None for branch in branches]
    known = [types for types in told if types is not None]
    return frozenset().union(*known) if known and len(known) == len(told) else None
