"""What a schema says of arguments, as conditions that a gateway holds a call to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from policyctl.catalog.kinds import words_of
from policyctl.model.policy import Op
from policyctl.model.values import JSONValue
from policyctl.recommend.arguments import Argument
from policyctl.source.pointer import format_path

#: A longer list of values is data, and nobody reviews it.
_MOST_VALUES = 100
#: Switches that turn a change into one that is hard to take back.
_DANGEROUS = frozenset(
    {
        "force",
        "forced",
        "recursive",
        "recursively",
        "overwrite",
        "purge",
        "cascade",
        "permanent",
        "permanently",
        "bypass",
    }
)
#: Switches that keep a change from happening.
_HARMLESS = ("dryrun", "preview", "simulate", "validateonly")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Predicates for `require` and for `deny_if`."""

    require: tuple[JSONValue, ...] = ()
    deny_if: tuple[JSONValue, ...] = ()


def bounds_of(arguments: Iterable[Argument]) -> Bounds:
    """The bounds of all these arguments.

    A `require` denies a call that leaves its argument out, so only what every call must have is required; of the others
    a `deny_if` refuses what the schema does not allow.
    """
    require: list[JSONValue] = []
    deny_if: list[JSONValue] = []
    for argument in arguments:
        if is_dangerous_switch(argument):
            # Anything but false, so that "true" and 1 are refused too.
            deny_if.append(predicate(condition(argument, Op.NEQ, False)))
        elif (values := values_of(argument)) is not None:
            if argument.required:
                require.append(predicate(condition(argument, Op.IN, values)))
            else:
                deny_if.append(predicate(condition(argument, Op.NOT_IN, values)))
        elif range_ := tuple(_range(argument.schema)):
            if argument.required:
                require.append(predicate(*(condition(argument, op, value) for op, value in range_)))
            else:
                deny_if += [predicate(condition(argument, _OPPOSITE[op], value)) for op, value in range_]
    return Bounds(tuple(require), tuple(deny_if))


def condition(argument: Argument, op: Op, value: JSONValue) -> JSONValue:
    """A condition as a policy writes it."""
    return {"path": format_path(argument.path), "op": op.value, "value": value}


def predicate(*conditions: JSONValue, on_deny: str | None = None) -> JSONValue:
    """A predicate as a policy writes it."""
    said: dict[str, JSONValue] = {"conditions": list(conditions)}
    return said if on_deny is None else {**said, "on_deny": on_deny}


def values_of(argument: Argument) -> list[JSONValue] | None:
    """The values that the schema lists, if it lists some; null is no value that a condition sees."""
    schema = argument.schema
    listed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if not isinstance(listed, list) or argument.types == {"array"}:
        return None
    values = [value for value in listed if value is not None]
    return values if 0 < len(values) <= _MOST_VALUES else None


def is_dangerous_switch(argument: Argument) -> bool:
    """Whether it is a boolean such as `force`."""
    return argument.types == {"boolean"} and not _DANGEROUS.isdisjoint(words_of(argument.name))


def is_harmless_switch(argument: Argument) -> bool:
    """Whether it is a boolean such as `dry_run`."""
    return argument.types == {"boolean"} and "".join(words_of(argument.name)).startswith(_HARMLESS)


_OPPOSITE = {Op.GTE: Op.LT, Op.GT: Op.LTE, Op.LTE: Op.GT, Op.LT: Op.GTE}


def _range(schema: Mapping[str, Any]) -> Iterator[tuple[Op, JSONValue]]:
    for inclusive, exclusive, word in ((Op.GTE, Op.GT, "Minimum"), (Op.LTE, Op.LT, "Maximum")):
        bound, open_bound = schema.get(word.lower()), schema.get(f"exclusive{word}")
        if _is_number(open_bound):
            yield exclusive, open_bound
        elif _is_number(bound):
            # Older drafts say with a boolean that the bound itself is out.
            yield (exclusive if open_bound is True else inclusive), bound


def _is_number(value: Any) -> bool:
    return type(value) is int or (type(value) is float and isfinite(value))
