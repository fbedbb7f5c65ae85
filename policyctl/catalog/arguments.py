"""The arguments of a tool, and which of them carry more than plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policyctl.catalog.kinds import ArgumentKind, Slot, kinds_of
from policyctl.model.catalog import Category, Tag, Tool
from policyctl.model.values import JSONValue


@dataclass(frozen=True, slots=True)
class Argument:
    """One property of the input schema; `type` is in words, `choices` are the values of an `enum`."""

    name: str
    type: str
    required: bool
    kinds: tuple[ArgumentKind, ...] = ()
    description: str | None = None
    choices: tuple[JSONValue, ...] = ()


def arguments_of(tool: Tool) -> tuple[Argument, ...]:
    """The arguments at the top of a tool's schema, required ones first; what is no schema takes `any`."""
    schema = tool.input_schema or {}
    properties, wanted = schema.get("properties"), schema.get("required")
    if not isinstance(properties, Mapping):
        return ()
    required = frozenset(name for name in wanted if isinstance(name, str)) if isinstance(wanted, list) else frozenset()
    runs = tool.category is Category.EXECUTE or Tag.CODE in tool.tags
    found = (_argument(name, property, required, runs=runs) for name, property in properties.items())
    return tuple(sorted(found, key=lambda argument: not argument.required))


def names_of(arguments: tuple[Argument, ...], kinds: frozenset[ArgumentKind]) -> Iterator[str]:
    """The names of those that are of one of these kinds."""
    return (argument.name for argument in arguments if kinds.intersection(argument.kinds))


def _argument(name: str, schema: JSONValue, required: frozenset[str], *, runs: bool) -> Argument:
    facts: Mapping[str, JSONValue] = schema if isinstance(schema, Mapping) else {}
    listed, description, form = facts.get("enum"), facts.get("description"), facts.get("format")
    choices = tuple(listed) if isinstance(listed, list) else ()
    slot = Slot(name, _type_of(facts), form if isinstance(form, str) else "", len(choices), runs)
    return Argument(
        name=name,
        type=slot.type,
        required=name in required,
        kinds=kinds_of(slot),
        description=description if isinstance(description, str) else None,
        choices=choices,
    )


def _type_of(schema: Mapping[str, JSONValue]) -> str:
    said = schema.get("type")
    if said == "array":
        items = schema.get("items")
        # Lists of lists are lists: a schema may nest them as deep as it likes.
        inner = items.get("type") if isinstance(items, Mapping) else None
        return f"list of {inner}" if isinstance(inner, str) and inner != "array" else "list"
    words = [said]
    if isinstance(said, list):
        words = said
    elif said is None:
        branches = next((facts for key in ("anyOf", "oneOf") if isinstance(facts := schema.get(key), list)), [])
        words = [branch.get("type") for branch in branches if isinstance(branch, Mapping)]
    return " or ".join(dict.fromkeys(word for word in words if isinstance(word, str))) or "any"
