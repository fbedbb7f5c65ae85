"""`--map`: where the fields of the normal form stand in other people's JSONL."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from policyctl.errors import PolicyctlError
from policyctl.model.call import Call
from policyctl.source.pointer import split

FIELDS = tuple(field for field in Call.__struct_fields__)
_INDEX = re.compile("0|[1-9][0-9]{0,15}")
_BAD_ESCAPE = re.compile("~(?![01])")


def parse_map(text: str) -> Mapping[str, tuple[str, ...]]:
    """`tool=/params/name,args=/params/arguments` as a path for each field. PolicyctlError if it does not make sense."""
    paths: dict[str, tuple[str, ...]] = {}
    for entry in text.split(","):
        field, separator, pointer = entry.strip().partition("=")
        if field not in FIELDS:
            hint = "write FIELD=/POINTER, with a field of " + ", ".join(FIELDS)
            raise PolicyctlError(f"`--map` does not know `{field}`", hint=hint)
        if not separator:
            raise PolicyctlError(f"`--map` does not say where `{field}` stands", hint=f"write `{field}=/POINTER`")
        if field in paths:
            raise PolicyctlError(f"`--map` names `{field}` twice", hint="a field has one place")
        paths[field] = _path(field, pointer)
    if "tool" not in paths:
        raise PolicyctlError("`--map` does not say where the tool's name stands", hint="add `tool=/POINTER`")
    return paths


def _path(field: str, pointer: str) -> tuple[str, ...]:
    if _BAD_ESCAPE.search(pointer):
        hint = "in a pointer `~0` is a tilde and `~1` a slash"
        raise PolicyctlError(f"`--map`: `{pointer}` is no JSON Pointer", hint=hint)
    try:
        return split(pointer)
    except ValueError:
        hint = f"it starts with a slash: `{field}=/{pointer}`"
        raise PolicyctlError(f"`--map`: `{pointer}` is no JSON Pointer", hint=hint) from None


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
            case list() if _INDEX.fullmatch(key) and int(key) < len(value):
                value = value[int(key)]
            case _:
                return None
    return value
