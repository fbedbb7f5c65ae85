"""What a record says about an argument: a value, its absence, or nothing certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policyctl.engine.equality import Hole, holes_in
from policyctl.model.call import ArgsState, Call
from policyctl.model.decision import Doubt
from policyctl.model.time import instant
from policyctl.source.pointer import format_path, join, split


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


def _dig(value: Any, segments: tuple[str, ...], pointer: str) -> Any:
    match value, segments:
        case Hole(members=None), _:
            return value
        case _, ():
            return Hole((pointer,))
        case Hole(members=dict() as members, pointers=pointers), (key, *rest):
            return Hole((*pointers, pointer), members | {key: _dig_missing(members.get(key), tuple(rest), pointer)})
        case dict(), (key, *rest) if key in value:
            return value | {key: _dig(value[key], tuple(rest), pointer)}
        case dict(), (key, *rest):
            return value | {key: _dig_missing(None, tuple(rest), pointer)}
        case list(), (index, *rest):
            return _dig_list(value, index, tuple(rest), pointer)
        case _:
            # A recorded scalar or null has nothing below it that could be hidden.
            return value


def _dig_missing(hole: Hole | None, segments: tuple[str, ...], pointer: str) -> Hole:
    """The hole for a redaction below an object that the record does not show."""
    if hole is not None:
        dug = _dig(hole, segments, pointer)
        assert isinstance(dug, Hole)
        return dug
    if not segments:
        return Hole((pointer,))
    return Hole((pointer,), {segments[0]: _dig_missing(None, segments[1:], pointer)})


def _dig_list(value: list[Any], index: str, rest: tuple[str, ...], pointer: str) -> Any:
    position = int(index) if index.isascii() and index.isdecimal() and len(index) < 19 else -1
    if not 0 <= position < len(value):
        # An element behind the recorded ones: how long the list really is cannot be told.
        return Hole((pointer,))
    return [*value[:position], _dig(value[position], rest, pointer), *value[position + 1 :]]
