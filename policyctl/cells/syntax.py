r"""A pattern of RE2 as a tree of its parts.

RE2 has accepted the pattern before it comes here, so that mistakes need no words. All of RE2's syntax is read but `\C`,
which matches half a character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TypeAlias

from policyctl.cells import classes
from policyctl.pattern.members import Ranges, members


class Place(Enum):
    """What an assertion asks of the place that it stands at."""

    TEXT_START = 0
    TEXT_END = 1
    LINE_START = 2
    LINE_END = 3
    BOUNDARY = 4
    NO_BOUNDARY = 5


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """At least so often, and at most; None is no bound."""

    part: Node
    least: int
    most: int | None


Node: TypeAlias = Chars | Place | Sequence | Choice | Repeat


class OutsideSubsetError(Exception):
    """A construct that automata here do not know; its argument names it."""


@lru_cache(maxsize=1_024)
def parse(pattern: str) -> Node:
    r"""The tree of a pattern that RE2 accepts. OutsideSubsetError if it holds `\C`."""
    return _Parser(pattern).whole()


@dataclass(frozen=True, slots=True)
class _Flags:
    fold: bool = False
    lines: bool = False
    dot_all: bool = False


_REPEAT = re.compile(r"\*|\+|\?|\{(\d+)(?:(,)(\d*))?\}")
_GROUP_FLAGS = re.compile(r"\(\?([imsU]*)(?:-([imsU]+))?([:)])")
_GROUP_NAME = re.compile(r"\(\?P?<[^>]*>")
_PROPERTY = re.compile(r"\\[pP](?:\{[^}]*\}|.)", re.DOTALL)
_OCTAL = re.compile(r"\\([0-7]{1,3})")
_HEX = re.compile(r"\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
_POSIX = re.compile(r"\[:(\^?)([a-z]+):\]")
_CONTROLS = {"a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11}
_SHORTHANDS = {"d": classes.DIGIT, "s": classes.SPACE, "w": classes.WORD}
_PLACES = {"\\A": Place.TEXT_START, "\\z": Place.TEXT_END, "\\b": Place.BOUNDARY, "\\B": Place.NO_BOUNDARY}


class _Parser:
    """Reads from left to right; the flags are those of the innermost group."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._flags = _Flags()

    def whole(self) -> Node:
        return self._choice()

    def _sees(self, sign: str) -> bool:
        return self._text.startswith(sign, self._at)

    def _choice(self) -> Node:
        branches = [self._sequence()]
        while self._sees("|"):
            self._at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Node:
        parts: list[Node] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            parts.extend(self._repeated(part) for part in self._parts())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _parts(self) -> tuple[Node | _Fixed, ...]:
        """The next part; several for a quotation, and none for a change of flags."""
        if self._sees("\\Q"):
            return self._quotation()
        if self._sees("\\E"):
            self._at += 2
            return ()
        if self._sees("("):
            return self._group()
        return (self._place() or self._one_character(),)

    def _quotation(self) -> tuple[Node | _Fixed, ...]:
        end = self._text.find("\\E", self._at + 2)
        quoted = self._text[self._at + 2 : end if end >= 0 else len(self._text)]
        self._at += 2 + len(quoted) + (2 if end >= 0 else 0)
        if not quoted:
            return ()
        # A repetition behind the quotation means its last character alone.
        *firsts, last = (self._literal(ord(character)) for character in quoted)
        return (*map(_Fixed, firsts), last)

    def _group(self) -> tuple[Node, ...]:
        outer = self._flags
        if match := _GROUP_FLAGS.match(self._text, self._at):
            self._at = match.end()
            self._flags = _changed(self._flags, match[1], match[2] or "")
            if match[3] == ")":
                return ()
        else:
            match = _GROUP_NAME.match(self._text, self._at)
            self._at = match.end() if match else self._at + 1
        inner = self._choice()
        self._at += 1
        self._flags = outer
        return (inner,)

    def _place(self) -> Place | None:
        pair = self._text[self._at : self._at + 2]
        place = _PLACES.get(pair)
        if place is not None:
            self._at += 2
        elif self._sees("^"):
            self._at += 1
            place = Place.LINE_START if self._flags.lines else Place.TEXT_START
        elif self._sees("$"):
            self._at += 1
            place = Place.LINE_END if self._flags.lines else Place.TEXT_END
        return place

    def _repeated(self, part: Node | _Fixed) -> Node:
        if isinstance(part, _Fixed):
            return part.part
        while match := _REPEAT.match(self._text, self._at):
            self._at = match.end() + self._text.startswith("?", match.end())
            part = Repeat(part, *_bounds(match))
        return part

    def _one_character(self) -> Node:
        if self._sees("."):
            self._at += 1
            return Chars(classes.ANY if self._flags.dot_all else classes.without(((10, 10),)))
        if self._sees("["):
            return self._class()
        if (group := self._shorthand()) is not None:
            return Chars(group)
        return self._literal(self._code())

    def _literal(self, code: int) -> Chars:
        return Chars(self._folded(((code, code),), f"\\x{{{code:x}}}"))

    def _folded(self, ranges: Ranges, text: str) -> Ranges:
        """The set with what differs in case, if case does not matter; RE2 is asked about `text` beyond ASCII."""
        if not self._flags.fold:
            return ranges
        return classes.folded(ranges) if classes.is_ascii(ranges) else members(f"(?i){text}")

    def _shorthand(self) -> Ranges | None:
        r"""`\d` and its like, or a property of Unicode."""
        sign = self._text[self._at + 1 : self._at + 2] if self._sees("\\") else ""
        if sign in {"p", "P"}:
            match = _PROPERTY.match(self._text, self._at)
            assert match is not None
            self._at = match.end()
            return members(f"(?i){match[0]}" if self._flags.fold else match[0])
        if sign.lower() not in _SHORTHANDS or not sign:
            return None
        self._at += 2
        group = _SHORTHANDS[sign.lower()]
        # Folding comes before the complement.
        group = classes.folded(group) if self._flags.fold else group
        return group if sign.islower() else classes.without(group)

    def _code(self) -> int:
        """One character as written: itself, or an escape."""
        if not self._sees("\\"):
            self._at += 1
            return ord(self._text[self._at - 1])
        if match := _HEX.match(self._text, self._at):
            self._at = match.end()
            return int(match[1] or match[2], 16)
        if match := _OCTAL.match(self._text, self._at):
            self._at = match.end()
            return int(match[1], 8)
        sign = self._text[self._at + 1]
        if sign == "C":
            raise OutsideSubsetError("`\\C`")
        self._at += 2
        return _CONTROLS.get(sign, ord(sign))

    def _class(self) -> Node:
        start, flags = self._at, self._flags
        self._at += 1
        is_negated = self._sees("^")
        self._at += is_negated
        ranges: list[tuple[int, int]] = []
        first = True
        while first or not self._sees("]"):
            ranges.extend(self._member())
            first = False
        self._at += 1
        found = classes.union(ranges)
        if flags.fold and not classes.is_ascii(found):
            return Chars(members("(?i)" + self._text[start : self._at]))
        if flags.fold:
            found = classes.folded(found)
        return Chars(classes.without(found) if is_negated else found)

    def _member(self) -> Ranges:
        if match := _POSIX.match(self._text, self._at):
            self._at = match.end()
            return self._complement_within_class(classes.POSIX[match[2]], negated=bool(match[1]))
        sign = self._text[self._at + 1 : self._at + 2] if self._sees("\\") else ""
        if sign and sign.lower() in _SHORTHANDS:
            self._at += 2
            return self._complement_within_class(_SHORTHANDS[sign.lower()], negated=sign.isupper())
        if (group := self._shorthand()) is not None:
            return group
        low = self._code()
        if self._sees("-") and not self._text.startswith("-]", self._at):
            self._at += 1
            return ((low, self._code()),)
        return ((low, low),)

    def _complement_within_class(self, group: Ranges, *, negated: bool) -> Ranges:
        if not negated:
            return group
        return classes.without(classes.folded(group) if self._flags.fold else group)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A part that no repetition behind it means."""

    part: Node


def _changed(flags: _Flags, on: str, off: str) -> _Flags:
    def now(letter: str, before: bool) -> bool:
        return letter not in off and (before or letter in on)

    return _Flags(now("i", flags.fold), now("m", flags.lines), now("s", flags.dot_all))


def _bounds(match: re.Match[str]) -> tuple[int, int | None]:
    match match[0][0]:
        case "*":
            return 0, None
        case "+":
            return 1, None
        case "?":
            return 0, 1
        case _:
            least = int(match[1])
            return least, (least if not match[2] else int(match[3]) if match[3] else None)
