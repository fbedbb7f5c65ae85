r"""A pattern as it is written: its parts with their places, where its tree would no longer know them.

RE2 has accepted the pattern before it comes here, so that mistakes need no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a part of a pattern is."""

    CHARACTER = "character"
    DOT = "dot"
    CLASS = "class"
    SHORTHAND = "shorthand"
    PLACE = "place"
    GROUP = "group"
    END = "end"
    OR = "or"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Token:
    """One part; `says` is what a character stands for, and the text as written of everything else."""

    kind: Kind
    says: str
    start: int
    stop: int


_TOKEN = re.compile(
    r"""
      (?P<quote>\\Q(?:.*?(?:\\E|\Z)))
    | (?P<class>\[\^?\]?(?:\[:\^?[a-z]+:\]|\\.|[^\]\\])*\])
    | (?P<place>\\[AzbB]|[$^])
    | (?P<shorthand>\\[dDsSwWC]|\\[pP](?:\{[^}]*\}|.))
    | (?P<code>\\x\{[0-9A-Fa-f]+\}|\\x[0-9A-Fa-f]{2}|\\[0-7]{1,3}|\\[aftnrv])
    | (?P<escaped>\\.)
    | (?P<flags>\(\?[imsU-]+\))
    | (?P<group>\((?:\?[imsU-]*:|\?P?<[^>]*>)?)
    | (?P<end>\))
    | (?P<or>\|)
    | (?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})\??)
    | (?P<dot>\.)
    | (?P<character>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CONTROLS = {"a": "\a", "f": "\f", "t": "\t", "n": "\n", "r": "\r", "v": "\v"}
_KINDS = {
    "class": Kind.CLASS,
    "place": Kind.PLACE,
    "shorthand": Kind.SHORTHAND,
    "flags": Kind.GROUP,
    "group": Kind.GROUP,
    "end": Kind.END,
    "or": Kind.OR,
    "repeat": Kind.REPEAT,
    "dot": Kind.DOT,
}


def tokens(pattern: str) -> tuple[Token, ...]:
    """The parts of a pattern from left to right; a group of flags alone is a group that is already over."""
    return tuple(_tokens(pattern))


def _tokens(pattern: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(pattern):
        start, stop, written = match.start(), match.end(), match[0]
        match match.lastgroup:
            case "quote":
                quoted = written[2:].removesuffix("\\E")
                for offset, character in enumerate(quoted, start + 2):
                    yield Token(Kind.CHARACTER, character, offset, offset + 1)
            case "escaped" if written == "\\E":
                pass
            case "escaped":
                yield Token(Kind.CHARACTER, written[1], start, stop)
            case "code":
                yield Token(Kind.CHARACTER, _meant(written), start, stop)
            case "character":
                yield Token(Kind.CHARACTER, written, start, stop)
            case "flags":
                yield Token(Kind.GROUP, written, start, stop)
                yield Token(Kind.END, "", stop, stop)
            case name:
                yield Token(_KINDS[str(name)], written, start, stop)


def _meant(written: str) -> str:
    r"""The character of `\x41`, `\x{41}`, `\101` or `\n`."""
    if written[1] in _CONTROLS:
        return _CONTROLS[written[1]]
    digits, base = (written[2:].strip("{}"), 16) if written[1] == "x" else (written[1:], 8)
    return chr(int(digits, base))


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow one another, each exactly once: a piece of text that the pattern asks for.

    An unescaped dot counts as the dot that it was surely meant to be; `places` says where each character is written, and
    `dots` which of them are unescaped.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    dots: frozenset[int]

    def part(self, start: int, stop: int) -> range:
        """The place in the pattern of a piece of the text."""
        return range(self.places[start][0], self.places[stop - 1][1])


def runs(pattern: str) -> tuple[Run, ...]:
    """The pieces of text of a pattern, from left to right."""
    return tuple(_runs(tokens(pattern)))


def _runs(parts: tuple[Token, ...]) -> Iterator[Run]:
    run: list[Token] = []
    for index, token in enumerate(parts):
        is_repeated = index + 1 < len(parts) and parts[index + 1].kind is Kind.REPEAT
        if token.kind in {Kind.CHARACTER, Kind.DOT} and not is_repeated:
            run.append(token)
        elif run:
            yield _run(run)
            run = []
    if run:
        yield _run(run)


def _run(parts: list[Token]) -> Run:
    return Run(
        "".join(token.says for token in parts),
        tuple((token.start, token.stop) for token in parts),
        frozenset(index for index, token in enumerate(parts) if token.kind is Kind.DOT),
    )
