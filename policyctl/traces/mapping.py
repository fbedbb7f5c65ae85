"""`--map`: where the fields of the normal form stand in other people's JSONL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policyctl.errors import PolicyctlError
from policyctl.model.call import Call
from policyctl.source.pointer import split

FIELDS = tuple(field for field in Call.__struct_fields__)


def parse_map(text: str) -> Mapping[str, tuple[str, ...]]:
    """`tool=/params/name,args=/params/arguments` as a path for each field. PolicyctlError if it does not make sense."""
    paths: dict[str, tuple[str, ...]] = {}
    for entry in text.split(","):
        field, separator, pointer = entry.strip().partition("=")
        if not separator or field not in FIELDS:
            raise PolicyctlError(
                f"`--map` does not know `{field}`",
                hint="write FIELD=/POINTER, with a field of " + ", ".join(FIELDS),
            )
        try:
            paths[field] = split(pointer)
        except ValueError:
            raise PolicyctlError(
                f"`--map`: `{pointer}` is no JSON Pointer", hint=f"it starts with a slash: `{field}=/{pointer}`"
            ) from None
    if "tool" not in paths:
        raise PolicyctlError("`--map` does not say where the tool's name stands", hint="add `tool=/POINTER`")
    return paths


def rearrange(value: Any, paths: Mapping[str, tuple[str, ...]]) -> Any:
    """A line in the normal form, made of what the map points to."""
    if not isinstance(value, dict):
        return value
    return {field: _at(value, path) for field, path in paths.items()}


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        match value:
            case dict():
                value = value.get(key)
            case list() if key.isascii() and key.isdecimal() and int(key) < len(value):
                value = value[int(key)]
            case _:
                return None
    return value
