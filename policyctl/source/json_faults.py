"""Every mistake in a text that should be JSON, each with its place.

The standard library stops at the first mistake and knows no duplicate keys, so a text that it refuses is read here once
more, token by token and without recursion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from policyctl.source.fault import MAX_DEPTH, Fault, duplicate, number_fault, too_deep
from policyctl.source.json_syntax import unclosed, unexpected
from policyctl.source.lines import Lines
from policyctl.source.pointer import child

_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = re.compile(
    r"(?P<mark>[\[\]{},:])"
    r'|(?P<string>"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.+-])"
    r"|(?P<word>true|false|null)(?!\w)"
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")


class Expect(Enum):
    """What may come next."""

    VALUE = auto()
    FIRST_VALUE = auto()
    KEY = auto()
    FIRST_KEY = auto()
    COLON = auto()
    COMMA = auto()
    END = auto()


@dataclass(slots=True)
class _Open:
    """A container that is not closed yet; `keys` holds the offset of each key, and is None in a list."""

    start: int
    pointer: str
    keys: dict[str, int] | None
    next_index: int = 0
    next_pointer: str = field(default="")


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._open: list[_Open] = []
        self._expect = Expect.VALUE

    def faults(self) -> Iterator[Fault]:
        at = self._skip_space(0)
        while at < len(self._text):
            token = _TOKEN.match(self._text, at)
            if token is None or not self._fits(token):
                yield unexpected(self._text, at, self._expect.name, self._opener())
                return
            if token["mark"] in {"[", "{"} and len(self._open) == MAX_DEPTH:
                yield too_deep(at, at + 1)
                return
            yield from self._take(token)
            at = self._skip_space(token.end())
        if self._expect is not Expect.END:
            yield unclosed(self._text, self._opener(), self._lines)

    def _skip_space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _opener(self) -> int | None:
        return self._open[-1].start if self._open else None

    def _fits(self, token: re.Match[str]) -> bool:
        mark = token["mark"]
        match self._expect:
            case Expect.VALUE:
                return mark is None or mark in "[{"
            case Expect.FIRST_VALUE:
                return mark is None or mark in "[{]"
            case Expect.KEY:
                return token["string"] is not None
            case Expect.FIRST_KEY:
                return token["string"] is not None or mark == "}"
            case Expect.COLON:
                return mark == ":"
            case Expect.COMMA:
                return mark == "," or mark == ("]" if self._open[-1].keys is None else "}")
            case Expect.END:
                return False

    def _take(self, token: re.Match[str]) -> Iterator[Fault]:
        if token["string"] is not None:
            yield from self._surrogates(token)
        match token["mark"]:
            case "[" | "{" as mark:
                self._enter(token.start(), mark)
            case "]" | "}":
                self._open.pop()
                self._value_done()
            case ",":
                self._expect = Expect.VALUE if self._open[-1].keys is None else Expect.KEY
            case ":":
                self._expect = Expect.VALUE
            case _ if self._expect in {Expect.KEY, Expect.FIRST_KEY}:
                yield from self._key(token)
            case _:
                yield from self._number(token)
                self._value_done()

    def _here(self) -> str:
        if not self._open:
            return ""
        top = self._open[-1]
        return f"{top.pointer}/{top.next_index}" if top.keys is None else top.next_pointer

    def _enter(self, start: int, mark: str) -> None:
        self._open.append(_Open(start, self._here(), {} if mark == "{" else None))
        self._expect = Expect.FIRST_KEY if mark == "{" else Expect.FIRST_VALUE

    def _value_done(self) -> None:
        if self._open:
            self._open[-1].next_index += 1
        self._expect = Expect.COMMA if self._open else Expect.END

    def _key(self, token: re.Match[str]) -> Iterator[Fault]:
        top = self._open[-1]
        key = json.loads(token[0])
        top.next_pointer = child(top.pointer, key)
        keys = top.keys if top.keys is not None else {}
        if key in keys:
            line = self._lines.position(keys[key]).line
            yield duplicate(key, *token.span(), first_line=line, pointer=top.next_pointer)
        keys.setdefault(key, token.start())
        self._expect = Expect.COLON

    def _number(self, token: re.Match[str]) -> Iterator[Fault]:
        words = token["number"]
        fault = number_fault(words, *token.span(), self._here()) if words else None
        if fault:
            yield fault

    def _surrogates(self, token: re.Match[str]) -> Iterator[Fault]:
        is_key = self._expect in {Expect.KEY, Expect.FIRST_KEY}
        pointer = self._open[-1].pointer if is_key else self._here()
        for start, end in lone_surrogates(token[0]):
            escape = token[0][start:end]
            yield Fault(
                "SRC04",
                f"the escape `{escape}` is one half of a character without the other",
                "write the character itself, or both halves of the surrogate pair",
                token.start() + start,
                token.start() + end,
                pointer,
            )


def scan(text: str) -> Iterator[Fault]:
    """All duplicate keys, lone surrogates and numbers out of range up to the first mistake in the syntax, and that."""
    return _Scanner(text).faults()


def lone_surrogates(literal: str) -> Iterator[tuple[int, int]]:
    """Where a JSON string's escapes name half a character; a high half counts as whole if a low one follows at once."""
    high: tuple[int, int] | None = None
    for escape in _ESCAPE.finditer(literal):
        unit = int(escape[1], 16) if escape[1] else 0
        if high and 0xDC00 <= unit < 0xE000 and escape.start() == high[1]:
            high = None
            continue
        if high:
            yield high
        high = escape.span() if 0xD800 <= unit < 0xDC00 else None
        if 0xDC00 <= unit < 0xE000:
            yield escape.span()
    if high:
        yield high
