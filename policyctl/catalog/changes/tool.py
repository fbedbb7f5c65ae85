"""Two definitions of one tool, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.catalog.changes.part import Difference, Effect, Part, What
from policyctl.catalog.changes.schema import schema_differences
from policyctl.catalog.changes.wording import changed_words
from policyctl.engine.canonical import canonical
from policyctl.model.catalog import AS_LISTED, Tool
from policyctl.source.pointer import child


def differences(before: Tool, after: Tool) -> tuple[Difference, ...]:
    """Everything that the server says otherwise now, but for the name; what the catalog adds does not count."""
    return tuple(_differences(before, after))


def _differences(before: Tool, after: Tool) -> Iterator[Difference]:
    for part, one, other in (
        (Part.TITLE, before.title, after.title),
        (Part.DESCRIPTION, before.description, after.description),
    ):
        if one != other:
            yield Difference(part, What.TEXT, part.value, Effect.OTHER, None, *changed_words(one, other))
    yield from schema_differences(*_schemas(before, after, "inputSchema"), Part.INPUT)
    yield from schema_differences(*_schemas(before, after, "outputSchema"), Part.OUTPUT)
    yield from _entries(before.annotations, after.annotations, Part.ANNOTATIONS)
    yield from _entries(_others(before), _others(after), Part.FIELDS)


def _schemas(before: Tool, after: Tool, key: str) -> tuple[Any, Any]:
    return schema_of(before, key), schema_of(after, key)


def schema_of(tool: Tool, key: str) -> Any:
    """The schema as the server lists it, which may be of a type that a catalog cannot hold in place; None for none."""
    schema = tool.input_schema if key == "inputSchema" else tool.output_schema
    listed = tool.fields.get(AS_LISTED)
    if schema is None and isinstance(listed, dict):
        return listed.get(key)
    return dict(schema) if isinstance(schema, Mapping) else schema


def _others(tool: Tool) -> dict[str, Any]:
    """Fields of the server that are read by nobody here."""
    fields = {key: value for key, value in tool.fields.items() if key != AS_LISTED}
    listed = tool.fields.get(AS_LISTED)
    odd = listed.items() if isinstance(listed, dict) else ()
    return fields | {f"{AS_LISTED}/{key}": value for key, value in odd if key not in {"inputSchema", "outputSchema"}}


def _entries(before: Mapping[str, Any], after: Mapping[str, Any], part: Part) -> Iterator[Difference]:
    for key in [*before, *(key for key in after if key not in before)]:
        one, other = (canonical(side[key]) if key in side else None for side in (before, after))
        if one != other:
            what = What.ADDED if one is None else What.REMOVED if other is None else What.OTHER
            pointer = child(part.value, key) if part is Part.ANNOTATIONS else f"/{key}".removeprefix("/")
            yield Difference(part, what, pointer, Effect.OTHER, None, *changed_words(one, other))
