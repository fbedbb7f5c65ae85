"""What is different between two JSON Schemas, argument by argument."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from policyctl.catalog.changes.keywords import (
    BOUNDS,
    bounds,
    effect_on_set,
    type_words,
    types,
    value_words,
    values,
)
from policyctl.catalog.changes.part import Difference, Effect, Part, What
from policyctl.catalog.changes.wording import changed_words
from policyctl.engine.canonical import canonical
from policyctl.source.pointer import child, member_at

Schema: TypeAlias = dict[str, Any]

#: Schemas that refer to themselves in many ways are compared so far, and no further.
_MOST_PAIRS = 20_000
_TEXTS = ("title", "description")
_COMBINED = ("anyOf", "oneOf", "allOf", "prefixItems")
#: Compared on their own, or without any say in which values fit.
_TOLD = frozenset(
    {"type", "enum", "const", "properties", "required", "additionalProperties", "items", "$ref", "$defs", "definitions"}
    | {"$schema", "$id", "$comment", *_TEXTS, *_COMBINED, *BOUNDS}
)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The same place in both schemas; `argument` is its path below `args`, None inside a list.

    `around` are the referred schemas that it stands in, by identity: a schema within itself says nothing new.
    """

    before: Any
    after: Any
    pointer: str
    argument: tuple[str, ...] | None
    around: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Roots:
    before: Any
    after: Any


def schema_differences(before: Any, after: Any, part: Part) -> Iterator[Difference]:
    """Every difference that changes which values fit, or what they are said to mean; none for equal schemas."""
    if canonical(before) == canonical(after):
        return
    if before is None or after is None:
        what, effect = (What.ADDED, Effect.NARROWER) if before is None else (What.REMOVED, Effect.WIDER)
        yield Difference(part, what, part.value, effect)
        return
    found = False
    for difference in _walk(before, after, part):
        found = True
        yield difference
    if not found:
        # Something that is not referred to, or has no meaning: the pin changes all the same.
        yield Difference(part, What.OTHER, part.value)


def _walk(before: Any, after: Any, part: Part) -> Iterator[Difference]:
    roots = _Roots(before, after)
    # Breadth first: what is near the top is told first, and told at all where the schema is cut short.
    waiting = deque([_Pair(before, after, part.value, ())])
    for _ in range(_MOST_PAIRS):
        if not waiting:
            return
        pair = waiting.popleft()
        (old, old_id), (new, new_id) = _resolved(pair.before, roots.before), _resolved(pair.after, roots.after)
        if (old_id, new_id) in pair.around:
            continue
        yield from _here(old, new, pair, part)
        around = pair.around
        if pair.pointer == part.value or old_id != id(pair.before) or new_id != id(pair.after):
            around |= {(old_id, new_id)}
        waiting += (replace(inner, around=around) for inner in _below(old, new, pair))
    yield Difference(part, What.OTHER, part.value, after="a schema too entangled to be compared in full")


def _resolved(schema: Any, root: Any) -> tuple[Schema, int]:
    """The schema as an object, references followed as far as they lead somewhere; and the identity of what is there."""
    followed: set[str] = set()
    identity = id(schema)
    while type(schema) is dict and type(schema.get("$ref")) is str and schema["$ref"] not in followed:
        reference = schema["$ref"]
        followed.add(reference)
        target = _target(reference, root)
        if target is None:
            break
        identity = id(target)
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    if type(schema) is dict:
        return schema, identity
    return ({"not": {}} if schema is False else {}), identity


def _target(reference: str, root: Any) -> Schema | None:
    if reference != "#" and not reference.startswith("#/"):
        return None
    target = member_at(root, reference[1:])
    return target if type(target) is dict else None


def _here(old: Schema, new: Schema, pair: _Pair, part: Part) -> Iterator[Difference]:
    """What is different about this place itself."""
    where = (part, pair.pointer, pair.argument)
    for key in _TEXTS:
        if old.get(key) != new.get(key):
            yield _text(old.get(key), new.get(key), part, child(pair.pointer, key), pair.argument)
    if types(old) != types(new):
        effect, added = effect_on_set(types(old), types(new)), types(new) - types(old)
        told = _difference(*where, What.TYPE, "type", effect, type_words(old), type_words(new))
        yield replace(told, types=added)
    allowed, allows = values(old), values(new)
    if (allowed is None) != (allows is None) or (allowed or {}).keys() != (allows or {}).keys():
        effect = effect_on_set(*(None if each is None else frozenset(each) for each in (allowed, allows)))
        key = "enum" if "enum" in old or "enum" in new else "const"
        yield _difference(*where, What.VALUES, key, effect, value_words(allowed, allows), value_words(allows, allowed))
    for key, what, effect in bounds(old, new):
        yield _difference(*where, what, key, effect, _words(old, key), _words(new, key))
    yield from _members(old, new, pair, part)
    for key in sorted((old.keys() | new.keys()) - _TOLD):
        if (key in old) != (key in new) or canonical(old.get(key)) != canonical(new.get(key)):
            yield _difference(*where, What.OTHER, key, Effect.OTHER, _words(old, key), _words(new, key))
    for key in _COMBINED:
        if not _are_paired(old, new, key) and canonical(old.get(key)) != canonical(new.get(key)):
            yield _difference(*where, What.OTHER, key, Effect.OTHER, _words(old, key), _words(new, key))


def _members(old: Schema, new: Schema, pair: _Pair, part: Part) -> Iterator[Difference]:
    """Properties that came, went, or became optional or required; whether others are allowed."""
    before, after = _properties(old), _properties(new)
    must, musts = _required(old), _required(new)
    for name in [*before, *(name for name in after if name not in before)]:
        pointer = child(f"{pair.pointer}/properties", name)
        argument = None if pair.argument is None else (*pair.argument, name)
        if name not in after:
            words = _property_words(before[name], required=name in must)
            yield Difference(part, What.REMOVED, pointer, Effect.NARROWER, argument, words, None, _types(before[name]))
        elif name not in before:
            effect = Effect.NARROWER if name in musts else Effect.WIDER
            words = _property_words(after[name], required=name in musts)
            yield Difference(part, What.ADDED, pointer, effect, argument, None, words, _types(after[name]))
        elif (name in must) != (name in musts):
            what, effect = (What.OPTIONAL, Effect.WIDER) if name in must else (What.REQUIRED, Effect.NARROWER)
            yield Difference(part, what, pointer, effect, argument, _need(name in must), _need(name in musts))
    if _is_closed(old) != _is_closed(new):
        effect = Effect.WIDER if _is_closed(old) else Effect.NARROWER
        pointer = f"{pair.pointer}/additionalProperties"
        yield Difference(part, What.CLOSED, pointer, effect, pair.argument, _open(old), _open(new))


def _below(old: Schema, new: Schema, pair: _Pair) -> Iterator[_Pair]:
    """The places inside this one that both schemas have."""
    before, after = _properties(old), _properties(new)
    for name in before:
        if name in after:
            argument = None if pair.argument is None else (*pair.argument, name)
            yield _Pair(before[name], after[name], child(f"{pair.pointer}/properties", name), argument)
    for key in ("items", "additionalProperties"):
        if key in old or key in new:
            one, other = old.get(key, True), new.get(key, True)
            if type(one) is dict or type(other) is dict:
                yield _Pair(one, other, f"{pair.pointer}/{key}", None)
    for key in _COMBINED:
        if _are_paired(old, new, key):
            for index, (one, other) in enumerate(zip(old[key], new[key], strict=True)):
                # An alternative to null is the usual way to write an optional argument.
                yield _Pair(
                    one, other, f"{pair.pointer}/{key}/{index}", pair.argument if key != "prefixItems" else None
                )


def _difference(
    part: Part,
    pointer: str,
    argument: tuple[str, ...] | None,
    what: What,
    key: str,
    effect: Effect,
    before: str | None,
    after: str | None,
) -> Difference:
    return Difference(part, what, child(pointer, key), effect, argument, before, after)


def _text(before: Any, after: Any, part: Part, pointer: str, argument: tuple[str, ...] | None) -> Difference:
    one, other = (value if type(value) is str else None for value in (before, after))
    return Difference(part, What.TEXT, pointer, Effect.OTHER, argument, *changed_words(one, other))


def _words(schema: Schema, key: str) -> str | None:
    if key not in schema:
        return None
    text = canonical(schema[key])
    return text if len(text) <= 60 else f"{text[:59]}…"


def _properties(schema: Schema) -> Schema:
    found = schema.get("properties")
    return found if type(found) is dict else {}


def _required(schema: Schema) -> frozenset[str]:
    found = schema.get("required")
    return frozenset(name for name in found if type(name) is str) if type(found) is list else frozenset()


def _are_paired(old: Schema, new: Schema, key: str) -> bool:
    """Whether both have as many alternatives, so that each has its counterpart."""
    one, other = old.get(key), new.get(key)
    return type(one) is list and type(other) is list and len(one) == len(other)


def _is_closed(schema: Schema) -> bool:
    return schema.get("additionalProperties") is False


def _open(schema: Schema) -> str:
    return "no other properties" if _is_closed(schema) else "other properties too"


def _need(required: bool) -> str:
    return "required" if required else "optional"


def _types(schema: Any) -> frozenset[str]:
    return types(schema) if type(schema) is dict else frozenset()


def _property_words(schema: Any, *, required: bool) -> str:
    kind = type_words(schema) if type(schema) is dict else "any type"
    return f"{kind}, {_need(required)}"
