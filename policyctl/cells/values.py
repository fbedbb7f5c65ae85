"""JSON values as cells see them: when two are one, and which of two is smaller."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from decimal import Decimal
from typing import Any

from policyctl.cells.search import preference
from policyctl.model.values import JSONValue

#: Kinds of values in their order; at a path, kinds that a policy names there come before the others.
KINDS = ("boolean", "number", "text", "list", "object")


def kind_of(value: JSONValue) -> str:
    """Which of `KINDS` a value is of; null is none of them: at a path it is absence."""
    match value:
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "text"
        case list():
            return "list"
        case dict():
            return "object"
        case None:
            return "null"


def identity(value: JSONValue) -> Hashable:
    """The same for values that are equal in JSON (language §2), and for no others."""
    match value:
        case bool():
            return ("boolean", value)
        case list():
            return ("list", *map(identity, value))
        case dict():
            return ("object", frozenset((key, identity(member)) for key, member in value.items()))
        case _:
            # Python compares integers with doubles exactly, and gives equal ones one hash.
            return value


def rank(value: JSONValue) -> tuple[Any, ...]:
    """The order of values: null, false, true, numbers, texts, lists, objects; each by size, then by content."""
    match value:
        case None:
            return (0,)
        case bool():
            return (1, value)
        case int() | float():
            return (2, *number_rank(value))
        case str():
            return (3, *text_rank(value))
        case list():
            return (4, len(value), *map(rank, value))
        case dict():
            return (5, len(value), *((text_rank(key), rank(value[key])) for key in sorted(value, key=text_rank)))


def text_rank(text: str) -> tuple[int, tuple[int, ...]]:
    """Shorter texts first, then by their letters."""
    return len(text), tuple(map(preference, text))


def number_rank(number: int | float) -> tuple[int, int, int | float, bool]:
    """Whole numbers first, then by decimal places, by distance from zero, positive before negative; infinities last."""
    if isinstance(number, int) or number.is_integer():
        return (0, 0, abs(number), number < 0)
    if number in {float("inf"), float("-inf")}:
        return (2, 0, abs(number), number < 0)
    return (1, places(number), abs(number), number < 0)


def places(number: float) -> int:
    """How many digits a fraction has behind the point."""
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return -exponent


def below(value: JSONValue, path: tuple[str, ...]) -> JSONValue:
    """What stands at the keys `path` of a value; None for nothing, as for null."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def fresh_elements(avoided: set[Hashable]) -> Iterator[JSONValue]:
    """Elements for a list in order of rank that are none of those to be avoided."""
    number = 0
    for value in (None, False, True):
        if identity(value) not in avoided:
            yield value
    while True:
        if number not in avoided:
            yield number
        number += 1
