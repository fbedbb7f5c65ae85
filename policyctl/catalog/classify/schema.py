"""What the arguments of a tool say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from policyctl.catalog.classify.split import split
from policyctl.model.values import JSONValue
from policyctl.source.pointer import member_at

#: Nobody's tool has more; what is there beyond is not looked at.
_MOST, _DEEPEST, _MOST_VALUES, _MOST_NODES = 300, 4, 64, 5_000


@dataclass(frozen=True, slots=True)
class Property:
    """One argument: its name in words joined by `_`, its path, and what its schema says of values."""

    name: str
    path: str
    types: frozenset[str]
    values: tuple[str, ...]
    description: str
    is_list: bool
    depth: int

    @property
    def takes_text(self) -> bool:
        """Whether the caller writes a text of their own."""
        return not self.values and (not self.types or "string" in self.types)


def properties_of(schema: Mapping[str, JSONValue] | None) -> tuple[Property, ...]:
    """Every argument that the schema names, in the order of paths, those within others too."""
    if schema is None:
        return ()
    found: dict[str, Property] = {}
    # References that fan out would make many nodes of a small schema.
    walk = _walk(schema, schema, "", 0, frozenset(), count())
    for each in islice(walk, _MOST):
        found.setdefault(each.path, each)
    return tuple(found[path] for path in sorted(found))


def _walk(
    node: Any, root: Mapping[str, Any], path: str, depth: int, seen: frozenset[str], visited: Iterator[int]
) -> Iterator[Property]:
    node, seen = _resolved(node, root, seen)
    if depth > _DEEPEST or not isinstance(node, Mapping) or next(visited) > _MOST_NODES:
        return
    for keyword in ("allOf", "anyOf", "oneOf"):
        for branch in _list(node.get(keyword)):
            yield from _walk(branch, root, path, depth + 1, seen, visited)
    if "items" in node:
        yield from _walk(node["items"], root, f"{path}[]", depth + 1, seen, visited)
    members = node.get("properties")
    if not isinstance(members, Mapping):
        return
    for name, raw in sorted(members.items(), key=lambda member: str(member[0])):
        inner, inner_seen = _resolved(raw, root, seen)
        here = f"{path}.{name}" if path else str(name)
        yield _property(str(name), here, inner if isinstance(inner, Mapping) else {}, depth)
        yield from _walk(inner, root, here, depth + 1, inner_seen, visited)


def _resolved(node: Any, root: Mapping[str, Any], seen: frozenset[str]) -> tuple[Any, frozenset[str]]:
    """What a local `$ref` points at; one that leads back to itself leads nowhere."""
    while isinstance(node, Mapping) and isinstance(reference := node.get("$ref"), str):
        if reference in seen or not reference.startswith("#/"):
            return {}, seen
        seen |= {reference}
        node = member_at(root, reference[1:])
    return node, seen


def _property(name: str, path: str, node: Mapping[str, Any], depth: int) -> Property:
    branches = [
        node,
        *(
            branch
            for key in ("anyOf", "oneOf")
            for branch in _list(node.get(key))[:_MOST_VALUES]
            if isinstance(branch, Mapping)
        ),
    ]
    types = frozenset(kind for branch in branches for kind in _types(branch.get("type")))
    values = [value for branch in branches for value in _values(branch)]
    items = node.get("items")
    if isinstance(items, Mapping):
        values += _values(items)
    description = node.get("description")
    return Property(
        name="_".join(split(name)) or name.lower()[:60],
        path=path,
        types=types,
        values=tuple(values[:_MOST_VALUES]),
        description=description[:600] if isinstance(description, str) else "",
        is_list="array" in types or "items" in node,
        depth=depth,
    )


def _types(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    yield from (kind for kind in _list(raw) if isinstance(kind, str))


def _values(node: Mapping[str, Any]) -> list[str]:
    constant = node.get("const")
    values = [*_list(node.get("enum")), *([constant] if isinstance(constant, str) else [])]
    return [value[:80] for value in values[:_MOST_VALUES] if isinstance(value, str)]


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []
