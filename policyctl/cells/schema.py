"""An input schema as clauses: what every valid call meets, so that the smallest call can be looked for among valid ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from policyctl.cells.atoms import Atom, Clause, Cube, Literal, MinLength, OfKind
from policyctl.model.policy import Condition, Op
from policyctl.pattern import PatternError, compile_pattern
from policyctl.source.pointer import member_at

Path = tuple[str, ...]
Schema = Mapping[str, Any] | bool

#: References that lead into one another are followed so deep; alternatives are multiplied out up to so many.
MOST_DEPTH = 24
MOST_CUBES = 256
#: Longer texts are not asked for.
MOST_LENGTH = 1_000

_KINDS = {"string": "text", "array": "list"} | {
    name: name for name in ("number", "integer", "boolean", "object", "null")
}
_BOUNDS = {"minimum": Op.GTE, "maximum": Op.LTE, "exclusiveMinimum": Op.GT, "exclusiveMaximum": Op.LT}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a schema for the places that are asked about and those that it requires."""

    root: Schema
    asked: frozenset[Path]
    #: Arguments that may be null and have to be there: the absent cell stands for null.
    nullable: set[Path] = field(default_factory=set)
    #: Arguments that have to be there, of which the schema says no more: that they might be null is left out.
    untold: set[Path] = field(default_factory=set)

    def clauses(self) -> tuple[Clause, ...]:
        """What every call that is valid under the schema meets; what is not understood is left out."""
        return tuple(self._at((), self.root, 0))

    def _at(self, path: Path, schema: Schema, depth: int) -> Iterator[Clause]:
        schema = resolve(schema, self.root)
        if depth > MOST_DEPTH or schema is True:
            return
        if schema is False:
            yield ((_no(Condition(path, Op.EXISTS, value=True)),),) if path else ()
            return
        assert isinstance(schema, Mapping)
        if path:
            yield from self._value(path, schema)
        yield from self._members(path, schema, depth)
        for part in schemas_of(schema.get("allOf")):
            yield from self._at(path, part, depth + 1)
        for word in ("anyOf", "oneOf"):
            branches = schemas_of(schema.get(word))
            if branches and (clause := self._any(path, branches, depth)) is not None:
                yield clause

    def _any(self, path: Path, branches: Sequence[Schema], depth: int) -> Clause | None:
        """One of the branches, multiplied out; None if that would be too much."""
        cubes: list[Cube] = []
        for branch in branches:
            ways: list[Cube] = [()]
            for clause in self._at(path, branch, depth + 1):
                ways = [(*before, *cube) for before, cube in product(ways, clause)]
                if len(ways) + len(cubes) > MOST_CUBES:
                    return None
            cubes.extend(ways)
        return tuple(cubes)

    def _value(self, path: Path, schema: Mapping[str, Any]) -> Iterator[Clause]:
        absent = (_yes(Condition(path, Op.EXISTS, value=False)),)
        types = _types(schema)
        if types is not None:
            yield (absent, (_yes(OfKind(path, types)),))
        for constants in (schema.get("enum"), [schema["const"]] if "const" in schema else None):
            if isinstance(constants, list):
                yield (absent, (_yes(Condition(path, Op.IN, constants)),))
        no_number = (_no(OfKind(path, frozenset({"number"}))),)
        for word, op in _BOUNDS.items():
            if is_number(schema.get(word)):
                yield (no_number, (_yes(Condition(path, op, schema[word])),))
        no_text = (_no(OfKind(path, frozenset({"text"}))),)
        for word, more in (("minLength", 0), ("maxLength", 1)):
            length = schema.get(word)
            if isinstance(length, int) and 0 <= length <= MOST_LENGTH:
                literal = Literal(MinLength(path, length + more), word == "minLength")
                yield (no_text, (literal,))
        if isinstance(pattern := schema.get("pattern"), str) and _compiles(pattern):
            yield (no_text, (_yes(Condition(path, Op.REGEX, pattern)),))

    def _members(self, path: Path, schema: Mapping[str, Any], depth: int) -> Iterator[Clause]:
        properties, required = properties_of(schema), required_of(schema)
        children = {asked[len(path)] for asked in self.asked if len(asked) > len(path) and asked[: len(path)] == path}
        for key in sorted(children | set(required)):
            inner = properties.get(
                key, True if "patternProperties" in schema else schema.get("additionalProperties", True)
            )
            child = (*path, key)
            if key in required:
                yield from self._required(path, child, inner)
            yield from self._at(child, inner if isinstance(inner, Mapping | bool) else True, depth + 1)

    def _required(self, path: Path, child: Path, inner: Any) -> Iterator[Clause]:
        if inner is True:
            self.untold.add(child)
        elif allows_null(inner, self.root):
            self.nullable.add(child)
            return
        present = (_yes(Condition(child, Op.EXISTS, value=True)),)
        yield ((_no(OfKind(path, frozenset({"object"}))),), present) if path else (present,)


def resolve(schema: Any, root: Schema, depth: int = 0) -> Schema:
    """The schema that a local reference leads to, with what stands beside it; true for what cannot be followed."""
    if not isinstance(schema, Mapping):
        return schema if isinstance(schema, bool) else True
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    target = member_at(root, reference[1:]) if reference == "#" or reference.startswith("#/") else None
    if not isinstance(target, Mapping | bool) or depth > MOST_DEPTH:
        return True
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    found = resolve(target, root, depth + 1)
    return {**beside, "allOf": [*schemas_of(beside.get("allOf")), found]} if beside else found


def allows_null(schema: Any, root: Schema) -> bool:
    """Whether null is a valid value, as far as types and alternatives tell."""
    schema = resolve(schema, root)
    if not isinstance(schema, Mapping):
        return bool(schema)
    types = _types(schema)
    if types is not None and "null" not in types:
        return False
    if isinstance(enum := schema.get("enum"), list) and None not in enum:
        return False
    if "const" in schema and schema["const"] is not None:
        return False
    alternatives = [schemas_of(schema.get(word)) for word in ("anyOf", "oneOf")]
    return all(
        not branches or any(allows_null(branch, root) for branch in branches) for branches in alternatives
    ) and all(allows_null(part, root) for part in schemas_of(schema.get("allOf")))


def properties_of(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the schema says of each member; nothing if it does not say it properly."""
    properties = schema.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def required_of(schema: Mapping[str, Any]) -> list[str]:
    """The members that have to be there."""
    required = schema.get("required")
    return [key for key in required if isinstance(key, str)] if isinstance(required, list) else []


def schemas_of(value: Any) -> list[Schema]:
    """The parts of `anyOf` and its like."""
    return [schema for schema in value if isinstance(schema, Mapping | bool)] if isinstance(value, list) else []


def _types(schema: Mapping[str, Any]) -> frozenset[str] | None:
    """The kinds that `type` names; None without it, or with one that is none of JSON Schema's."""
    types = schema.get("type")
    names = types if isinstance(types, list) else [types]
    kinds = [_KINDS.get(name) for name in names if isinstance(name, str)]
    if len(kinds) != len(names) or None in kinds:
        return None
    return frozenset(kind for kind in kinds if kind is not None)


def is_number(value: Any) -> bool:
    """Whether the value is a number to JSON Schema, for which a boolean is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compiles(pattern: str) -> bool:
    try:
        compile_pattern(pattern)
    except PatternError:
        return False
    return True


def _yes(atom: Atom) -> Literal:
    return Literal(atom, True)


def _no(atom: Atom) -> Literal:
    return Literal(atom, False)
