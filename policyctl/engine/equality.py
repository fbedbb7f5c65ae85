"""When two JSON values are the same (language §2), also where a record hides parts of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policyctl.engine.truth import Truth, all_of
from policyctl.model.values import JSONValue


@dataclass(frozen=True, slots=True)
class Hole:
    """A value that the record hides: anything, or nothing at all.

    `pointers` name the redactions that made it. Where the record only hides deeper places of an object that it does not
    show, `members` are those places: the value is absent, or an object with no other keys.
    """

    pointers: tuple[str, ...]
    members: dict[str, Hole] | None = None


def equal(left: JSONValue, right: JSONValue) -> bool:
    """JSON equality of two values without holes: numbers by value, `true` is not `1`, null equals null."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(value, right[key]) for key, value in left.items())
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(equal, left, right))
    return left == right


def equality(seen: Any, constant: JSONValue) -> Truth:
    """Whether what was seen, which may have holes, equals a constant, which has none."""
    match seen:
        case Hole(members=None):
            return Truth.UNKNOWN
        case Hole(members=dict() as members):
            hidden = _object_equality(members, constant)
            # The object may be missing as a whole, so that it is never certain to equal anything.
            return Truth.FALSE if hidden is Truth.FALSE else Truth.UNKNOWN
        case dict():
            return _object_equality(seen, constant)
        case list():
            return _list_equality(seen, constant)
        case _:
            return Truth.of(equal(seen, constant))


def _object_equality(seen: dict[str, Any], constant: JSONValue) -> Truth:
    if not isinstance(constant, dict) or not constant.keys() <= seen.keys():
        return Truth.FALSE
    return all_of(equality(value, constant[key]) if key in constant else _absence(value) for key, value in seen.items())


def _absence(seen: Any) -> Truth:
    return Truth.UNKNOWN if isinstance(seen, Hole) else Truth.FALSE


def _list_equality(seen: list[Any], constant: JSONValue) -> Truth:
    if not isinstance(constant, list) or not surely_present(seen) <= len(constant) <= len(seen):
        return Truth.FALSE
    # Shorter than what was seen: the elements that are left over are holes that turn out to be nothing.
    rest = Truth.TRUE if len(constant) == len(seen) else Truth.UNKNOWN
    return all_of([rest, *map(equality, seen, constant)])


def surely_present(seen: list[Any]) -> int:
    """How many elements a list has at least: hidden ones at its end may be missing."""
    count = len(seen)
    while count and isinstance(seen[count - 1], Hole):
        count -= 1
    return count


def holes_in(seen: Any) -> Iterator[Hole]:
    """Every hole in a value, however deep the value is."""
    waiting = [seen]
    while waiting:
        match waiting.pop():
            case Hole() as hole:
                yield hole
            case dict() as members:
                waiting.extend(members.values())
            case list() as elements:
                waiting.extend(elements)
            case _:
                pass
