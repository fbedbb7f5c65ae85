"""Patterns that Python's `re` answers as RE2 does, several times faster, and in time linear in the subject.

The two agree on classes and word boundaries of ASCII, and on which characters a subject is made of; on case only where the
subject is ASCII too. A pattern qualifies if it is made of single characters, classes, groups and alternatives, and if it cannot backtrack: repetitions stand on single characters,
at most one has no upper bound, and that one only behind a leading `^`. RE2 remains the judge of what is valid and of
everything else; that both agree is tested.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: The most ways to go on from one place of the subject.
_WAYS = 100
_LITERAL = re.compile(r"[A-Za-z0-9 _/@:;,=<>!%&#~'\"`-]")
_ESCAPED = re.compile(r"\\[^A-Za-z0-9\s\x00-\x1f\x7f-\U0010ffff]")
#: Nothing but these, and what they stand for.
_FIXED = re.compile(rf"(?:{_LITERAL.pattern}|{_ESCAPED.pattern})+")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CLASS = re.compile(r"\[\^?(?:[A-Za-z0-9 _/@:;,=<>!%#.+*?$(){}'\"-]|\\[-.\\/\[\]^$dws])+\]")
_SHORTHAND = {"\\d": "[0-9]", "\\w": "[0-9A-Za-z_]", "\\s": "[\\t\\n\\f\\r ]"}
_NEGATED = {"\\D": "[^0-9]", "\\W": "[^0-9A-Za-z_]", "\\S": "[^\\t\\n\\f\\r ]"}
_ANCHORS = {"^": "\\A", "$": "\\Z", "\\A": "\\A", "\\z": "\\Z", "\\b": "\\b"}
_QUANTIFIER = re.compile(r"(?:\?|\*|\+|\{(\d{1,3})(?:(,)(\d{0,3}))?\})\??")
#: What stands in a class, one after the other: ranges within digits or within the letters of a case, then all else.
_MEMBER = re.compile(r"[0-9]-[0-9]|[a-z]-[a-z]|[A-Z]-[A-Z]|\\.|.")
#: `\d` and `\w` mean the same inside a class of both; `\s` does but for the vertical tab that RE2 leaves out.
_SPACE = "\\t\\n\\f\\r "
#: Every character that some class tells from another: no class has a member beyond ASCII.
_EVERY = (*map(chr, range(128)), "\x80")


@dataclass(frozen=True, slots=True)
class Plain:
    """The `search` of an equal pattern of `re`; `only_ascii` if subjects have to be."""

    search: Callable[[str], object]
    only_ascii: bool


def compile_plain(text: str) -> Plain | None:
    """The pattern for `re`; None if it does not qualify. Subjects are whole characters, without half a surrogate pair."""
    reader = _Reader(text)
    try:
        translated = reader.translate()
    except _NotPlainError:
        return None
    return Plain(re.compile(translated, re.ASCII | reader.flags).search, bool(reader.flags))


def fixed_part(text: str) -> tuple[str, str] | None:
    """A pattern that asks for one text: `startswith`, `endswith` or `__contains__`, and the text; None for any other.

    Whatever the subject: what is asked for is ASCII.
    """
    anchored, ends = text.startswith("^"), text.endswith("$")
    inner = text[anchored : len(text) - ends]
    if not inner or (anchored and ends) or _FIXED.fullmatch(inner) is None:
        return None
    return "startswith" if anchored else "endswith" if ends else "__contains__", _ESCAPE.sub(r"\1", inner)


def _is_delimited(text: str, flags: re.RegexFlag) -> bool:
    """Whether this is a sequence of characters, one of them at most without a bound, and the last one tells where it ends."""
    reader = _Reader(text)
    *others, (last, quantifier) = reader.characters()
    if quantifier or reader.unbounded > 1:
        return False
    ends = re.compile(last, re.ASCII | flags).fullmatch
    inside = re.compile("|".join(character for character, _ in others) or "(?!)", re.ASCII | flags).fullmatch
    return not any(ends(character) and inside(character) for character in _EVERY)


class _NotPlainError(Exception):
    """The pattern holds something that this module does not vouch for."""


class _Reader:
    """Reads a pattern once from left to right and writes it again for `re`."""

    def __init__(self, text: str) -> None:
        self.flags = re.IGNORECASE if text.startswith("(?i)") else re.RegexFlag(0)
        self._text = text.removeprefix("(?i)")
        self._place = 0
        self._ways = 1
        self.unbounded = 0

    def translate(self) -> str:
        """The whole pattern."""
        translated = self._alternatives()
        starts_anchored = self._text.startswith("^") and "|" not in self._text
        if self._place < len(self._text) or self.unbounded > (1 if starts_anchored else 0):
            raise _NotPlainError
        return translated

    def _alternatives(self) -> str:
        branches = [self._sequence()]
        while self._text.startswith("|", self._place):
            self._place += 1
            branches.append(self._sequence())
        self._multiply(len(branches))
        return "|".join(branches)

    def _sequence(self) -> str:
        pieces = []
        while self._place < len(self._text) and self._text[self._place] not in "|)":
            pieces.append(self._piece())
        if not pieces:
            raise _NotPlainError
        return "".join(pieces)

    def _piece(self) -> str:
        if self._text.startswith("(", self._place):
            return self._group()
        for length in (1, 2):
            word = self._text[self._place : self._place + length]
            if word in _ANCHORS:
                self._place += length
                return _ANCHORS[word]
        return self._character() + self._quantifier()

    def _group(self) -> str:
        self._place += 3 if self._text.startswith("(?:", self._place) else 1
        start, before = self._place, self.unbounded
        inner = self._alternatives()
        if not self._text.startswith(")", self._place):
            raise _NotPlainError
        end = self._place
        self._place += 1
        quantifier = self._quantifier()
        if quantifier:
            if not _is_delimited(self._text[start:end], self.flags):
                raise _NotPlainError
            # All that is repeated in it is repeated by it.
            self.unbounded = before + 1
        return f"(?:{inner}){quantifier}"

    def characters(self) -> list[tuple[str, str]]:
        """The whole pattern as single characters with their quantifiers."""
        found = []
        while self._place < len(self._text):
            found.append((self._character(), self._quantifier()))
        return found

    def _character(self) -> str:
        """Something that matches exactly one character."""
        pair = self._text[self._place : self._place + 2]
        known = _SHORTHAND.get(pair) or _NEGATED.get(pair)
        if known:
            self._place += 2
            return known
        if self._text.startswith(".", self._place):
            self._place += 1
            return "."
        match = _LITERAL.match(self._text, self._place) or _ESCAPED.match(self._text, self._place)
        if match is None:
            return self._class()
        self._place = match.end()
        return re.escape(match[0][-1])

    def _class(self) -> str:
        match = _CLASS.match(self._text, self._place)
        if match is None:
            raise _NotPlainError
        self._place = match.end()
        opening = "[^" if match[0].startswith("[^") else "["
        inside = match[0][len(opening) : -1]
        members = _MEMBER.findall(inside)
        # A hyphen between two members may be a range, and two of them are kept for something else by Python.
        if "-" in members[1:-1] or "--" in inside:
            raise _NotPlainError
        return opening + "".join(_SPACE if member == "\\s" else member for member in members) + "]"

    def _quantifier(self) -> str:
        match = _QUANTIFIER.match(self._text, self._place)
        if match is None:
            return ""
        self._place = match.end()
        least, comma, most = match[1], match[2], match[3]
        if match[0][0] in "*+" or (comma and not most):
            self.unbounded += 1
        elif match[0][0] == "?":
            self._multiply(2)
        elif comma:
            self._multiply(max(1, int(most) - int(least) + 1))
        return match[0]

    def _multiply(self, ways: int) -> None:
        self._ways *= ways
        if self._ways > _WAYS:
            raise _NotPlainError
