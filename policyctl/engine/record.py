"""What a record says about an argument: a value, its absence, or nothing certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policyctl.engine.equality import Hole, holes_in
from policyctl.model.args_state import ArgsState
from policyctl.model.decision import Doubt
from policyctl.model.time import instant
from policyctl.source.pointer import format_path, join, split

if TYPE_CHECKING:
    from policyctl.model.call import Call


@dataclass(frozen=True, slots=True)
class Seen:
    """A value that is present; it may have holes further down."""

    value: Any


@dataclass(frozen=True, slots=True)
class Unseen:
    """The record leaves open whether there is a value, and which; `doubts` say why."""

    doubts: tuple[Doubt, ...]


class Absent:
    """There is surely no value, or null, which is the same to every condition."""


ABSENT = Absent()
Found = Seen | Unseen | Absent


@dataclass(frozen=True, slots=True)
class Record:
    """The arguments of one call, ready to be asked for paths."""

    call: Call
    state: ArgsState
    shown: Any

    @classmethod
    def of(cls, call: Call) -> Record:
        """The record of a call; redactions become holes in a copy of what surrounds them."""
        state = call.state
        shown = call.args
        if state is ArgsState.FULL:
            for pointer in call.redacted or ():
                shown = _redact(shown, pointer)
        return cls(call, state, shown)

    def find(self, path: tuple[str, ...]) -> Found:
        """What is known at the object keys `path` below the arguments."""
        match self.state:
            case ArgsState.FULL:
                return _descend(self.shown, path)
            case ArgsState.KEYS_ONLY:
                if self.call.keys is not None and path[0] not in self.call.keys:
                    return ABSENT
                cause = f"arguments-keys-only:{join(*path)}"
            case _:
                cause = f"arguments-{self.state.value}"
        return Unseen((Doubt(cause, format_path(path)),))

    @property
    def at(self) -> int | None:
        """The instant of the call; None where the record has none that is RFC 3339."""
        return None if self.call.ts is None else instant(self.call.ts)

    @property
    def whole(self) -> Found:
        """All the arguments together, as an approval is bound to them."""
        match self.state:
            case ArgsState.FULL:
                doubts = redactions(self.shown)
                return Unseen(doubts) if doubts else Seen(self.shown)
            case ArgsState.KEYS_ONLY:
                return Unseen((Doubt("arguments-keys-only:", "args"),))
            case _:
                return Unseen((Doubt(f"arguments-{self.state.value}", "args"),))


def redactions(seen: Any) -> tuple[Doubt, ...]:
    """The doubts that the holes of a value raise, each redaction once."""
    pointers = dict.fromkeys(pointer for hole in holes_in(seen) for pointer in hole.pointers)
    return tuple(Doubt(f"argument-redacted:{pointer}", _fact(pointer)) for pointer in pointers)


def _fact(pointer: str) -> str:
    return format_path(split(pointer))


def _descend(shown: Any, path: tuple[str, ...]) -> Found:
    value = shown
    for key in path:
        match value:
            case dict():
                value = value.get(key)
            case Hole(members=None):
                break
            case Hole(members=dict() as members):
                value = members.get(key)
            case _:
                return ABSENT
    match value:
        case None:
            return ABSENT
        case Hole(members=None):
            return Unseen(redactions(value))
        case _:
            return Seen(value)


def _redact(shown: Any, pointer: str) -> Any:
    """A copy of the value with a hole at the pointer; one that is no pointer hides everything."""
    try:
        segments = split(pointer)
    except ValueError:
        return Hole(("",))
    return _dig(shown, segments, pointer)


class _Nowhere:
    """Stands where an object has no such key."""


_NOWHERE = _Nowhere()


def _dig(value: Any, segments: tuple[str, ...], pointer: str) -> Any:
    """Down to the place and back up with copies: loops, since a pointer may be longer than Python's stack is deep."""
    trail: list[tuple[Any, str | int]] = []
    for depth, segment in enumerate(segments):
        match value:
            case dict():
                trail.append((value, segment))
                value = value.get(segment, _NOWHERE)
            case Hole(members=dict() as members) if not _may_be_index(segment):
                trail.append((value, segment))
                value = members.get(segment, _NOWHERE)
            case list() if (position := _position(segment, value)) is not None:
                trail.append((value, position))
                value = value[position]
            case list() | Hole(members=dict()):
                # Behind the recorded elements, or below what may be a list as well: how long it is cannot be told.
                value = Hole((pointer,))
                break
            case _Nowhere():
                value = _missing(segments[depth:], pointer)
                break
            case _:
                # A recorded scalar or null has nothing below it that could be hidden, and a hole hides it already.
                break
    else:
        value = value if isinstance(value, Hole) and value.members is None else Hole((pointer,))
    for container, key in reversed(trail):
        value = _with(container, key, value, pointer)
    return value


def _with(container: Any, key: Any, value: Any, pointer: str) -> Any:
    match container:
        case Hole(members=dict() as members, pointers=pointers):
            return Hole((*pointers, pointer), members | {key: value})
        case dict():
            return container | {key: value}
        case _:
            return [*container[:key], value, *container[key + 1 :]]


def _missing(segments: tuple[str, ...], pointer: str) -> Hole:
    """The hole for a redaction below a value that the record does not show: no object where it may be a list."""
    hole = Hole((pointer,))
    for segment in reversed(segments):
        hole = Hole((pointer,), None if _may_be_index(segment) else {segment: hole})
    return hole


def _may_be_index(segment: str) -> bool:
    return segment == "-" or (segment.isascii() and segment.isdecimal())


def _position(segment: str, elements: list[Any]) -> int | None:
    """The element that a segment means; None for one that is not on record, or for no index."""
    if not _may_be_index(segment) or segment == "-" or len(segment) > 18 or (segment[0] == "0" and segment != "0"):
        return None
    return int(segment) if int(segment) < len(elements) else None
