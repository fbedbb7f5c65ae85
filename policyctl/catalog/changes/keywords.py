"""What a change of one keyword of a JSON Schema does to the values that fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyctl.catalog.changes.part import Effect, What
from policyctl.engine.canonical import canonical
from policyctl.model.json_types import JSON_TYPES

#: A larger number admits more, or less.
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
#: To have one at all admits less.
_FILTERS = frozenset({"pattern", "format", "multipleOf", "uniqueItems", "propertyNames", "contains", "not"})
BOUNDS = _UPPER | _LOWER | _FILTERS
_MOST_SHOWN = 5


def types(schema: dict[str, Any]) -> frozenset[str]:
    """The types that fit; all of them where the schema does not say."""
    said = schema.get("type")
    names = [said] if type(said) is str else said if type(said) is list else []
    found = frozenset(name for name in names if type(name) is str)
    # An integer is a number; unknown words, such as `dict`, stay what they are.
    return (found | {"integer"} if "number" in found else found) or JSON_TYPES


def type_words(schema: dict[str, Any]) -> str:
    """The types as the schema writes them."""
    said = schema.get("type")
    names = [said] if type(said) is str else [name for name in said if type(name) is str] if type(said) is list else []
    return " or ".join(names) or "any type"


def values(schema: dict[str, Any]) -> dict[str, Any] | None:
    """The values that `enum` or `const` allow, by their canonical text; None for any."""
    if "const" in schema:
        return {canonical(schema["const"]): schema["const"]}
    listed = schema.get("enum")
    return {canonical(value): value for value in listed} if type(listed) is list else None


def value_words(allowed: dict[str, Any] | None, other: dict[str, Any] | None) -> str:
    """The values that only this side allows, the first few."""
    if allowed is None:
        return "any value"
    own = [text for text in allowed if other is None or text not in other]
    more = f" and {len(own) - _MOST_SHOWN:,} more" if len(own) > _MOST_SHOWN else ""
    return ", ".join(_shortened(text) for text in own[:_MOST_SHOWN]) + more


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def effect_on_set(before: frozenset[str] | None, after: frozenset[str] | None) -> Effect:
    """What it means that other things are allowed; None allows all."""
    if before is not None and (after is None or before < after):
        return Effect.WIDER
    if after is not None and (before is None or after < before):
        return Effect.NARROWER
    return Effect.OTHER


def bounds(before: dict[str, Any], after: dict[str, Any]) -> Iterator[tuple[str, What, Effect]]:
    """Bounds that are others now."""
    for key in sorted(BOUNDS & (before.keys() | after.keys())):
        if key not in before:
            yield key, What.BOUND, Effect.NARROWER
        elif key not in after:
            yield key, What.BOUND, Effect.WIDER
        elif canonical(before[key]) != canonical(after[key]):
            yield key, What.BOUND, _direction(key, before[key], after[key])


def _direction(key: str, before: Any, after: Any) -> Effect:
    are_numbers = type(before) in {int, float} and type(after) in {int, float}
    if not are_numbers or key in _FILTERS:
        return Effect.OTHER
    return Effect.WIDER if (after > before) == (key in _UPPER) else Effect.NARROWER
