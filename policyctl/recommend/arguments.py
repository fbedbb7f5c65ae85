"""The arguments of a tool that a policy can ask for, as its input schema declares them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from policyctl.source.pointer import member_at

#: A schema may be recursive or huge: so deep, and so many arguments, are looked at.
_DEPTH, _MOST = 4, 200
_REFERENCES = 16
_INDEX = re.compile(r"\[[0-9]+\]\Z")


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument; `path` holds the keys below `args`, `schema` what stands there, references followed.

    `required` says that no call may leave it out.
    """

    path: tuple[str, ...]
    schema: Mapping[str, Any]
    required: bool

    @property
    def name(self) -> str:
        """The last key."""
        return self.path[-1]

    @property
    def types(self) -> frozenset[str]:
        """The JSON types that the schema allows; empty where it does not say."""
        declared = self.schema.get("type")
        names = declared if isinstance(declared, list) else [declared]
        return frozenset(name for name in names if isinstance(name, str)) - {"null"}


def arguments_of(schema: Mapping[str, Any] | None) -> tuple[Argument, ...]:
    """The arguments that a path can name, those of an object behind the object, in the order of the schema."""
    if schema is None:
        return ()
    whole = _resolved(schema, schema)
    return tuple(islice(_below(whole, schema, (), required=True), _MOST))


def unreachable(schema: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The names of arguments that no path can name (language §2)."""
    properties = (schema or {}).get("properties")
    return tuple(key for key in properties if not _has_path(key)) if isinstance(properties, dict) else ()


def _below(
    schema: Mapping[str, Any], root: Mapping[str, Any], path: tuple[str, ...], *, required: bool
) -> Iterator[Argument]:
    properties, names = schema.get("properties"), schema.get("required")
    if not isinstance(properties, dict) or len(path) >= _DEPTH:
        return
    needed = {name for name in names if isinstance(name, str)} if isinstance(names, list) else set()
    for key, declared in properties.items():
        if not isinstance(declared, dict) or not _has_path(key):
            continue
        optional = _nullable(declared)
        resolved = _resolved(declared, root)
        is_needed = required and key in needed and not (optional or _nullable(resolved))
        argument = Argument((*path, key), resolved, is_needed)
        yield argument
        yield from _below(resolved, root, argument.path, required=is_needed)


def _has_path(key: str) -> bool:
    return key != "" and "." not in key and not _INDEX.search(key)


def _nullable(schema: Mapping[str, Any]) -> bool:
    """Whether null will do: a condition takes it for absent."""
    declared, values = schema.get("type"), schema.get("enum")
    branches = schema.get("anyOf", schema.get("oneOf"))
    return (
        (isinstance(declared, list) and "null" in declared)
        or (isinstance(values, list) and None in values)
        or schema.get("nullable") is True
        or (isinstance(branches, list) and any(map(_is_null, branches)))
    )


def _is_null(branch: Any) -> bool:
    return isinstance(branch, dict) and branch.get("type") == "null"


def _resolved(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema with its references followed, and the one branch beside null taken for the whole."""
    for _ in range(_REFERENCES):
        if isinstance(reference := schema.get("$ref"), str):
            target = _target(reference, root)
            rest = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**target, **rest} if target is not None else rest
        elif (branch := _only_branch(schema)) is not None:
            schema = {**{key: value for key, value in schema.items() if key not in {"anyOf", "oneOf"}}, **branch}
        else:
            break
    return schema


def _target(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a reference within the schema points to; others are not fetched."""
    if not reference.startswith("#/"):
        return None
    found = member_at(root, reference[1:])
    return found if isinstance(found, dict) else None


def _only_branch(schema: Mapping[str, Any]) -> Mapping[str, Any] | None:
    branches = schema.get("anyOf", schema.get("oneOf"))
    if not isinstance(branches, list):
        return None
    others = [branch for branch in branches if not _is_null(branch)]
    return others[0] if len(others) == 1 and isinstance(others[0], dict) else None
