"""The regexes of the language: RE2, and nothing that RE2 does not know."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

#: Longer subjects always go to RE2, so that no pattern and no call can make a search slow.
SHORT = 4_096


class PatternError(ValueError):
    """RE2 refuses the pattern for `length` characters from `offset`, None where RE2 does not say which."""

    def __init__(self, message: str, *, offset: int | None = None, length: int = 1, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.length = length
        self.help = help


class Pattern:
    """A compiled pattern that is found anywhere in a text unless it is anchored."""

    __slots__ = ("_find", "_quick", "_search", "text")

    def __init__(self, text: str, search: Any) -> None:
        self.text = text
        self._search = search
        self._quick: Callable[[str], bool] | None = None
        self._find: Callable[[str], object] | None = None

    @property
    def test(self) -> Callable[[str], bool]:
        """`search` as a function of its own, for whoever calls it often."""
        if self._quick is None:
            # Found out when it is first asked for: whoever only checks a pattern never pays for it.
            self._quick, self._find = _quick(self.text, self._by_re2)
        return self._quick

    @property
    def find(self) -> Callable[[str], object] | None:
        """What finds a match, or None, in a text of ASCII with no more than `SHORT` characters; None if nothing does."""
        if self._quick is None:
            self._quick, self._find = _quick(self.text, self._by_re2)
        return self._find

    def search(self, subject: str) -> bool:
        """Whether the pattern is found; half a surrogate pair counts as U+FFFD, as it does to Go's JSON reader."""
        return self.test(subject)

    def _by_re2(self, subject: str) -> bool:
        try:
            return self._search(subject.encode()) is not None
        except UnicodeEncodeError:
            return self._search(whole_characters(subject).encode()) is not None


def _quick(text: str, by_re2: Callable[[str], bool]) -> tuple[Callable[[str], bool], Callable[[str], object] | None]:
    from policyctl.pattern.plain import compile_plain

    plain = compile_plain(text)
    if plain is None:
        return by_re2, None
    find, only_ascii = plain.search, plain.only_ascii

    def test(subject: str) -> bool:
        if len(subject) <= SHORT and (subject.isascii() or not (only_ascii or _has_half_a_pair(subject))):
            return find(subject) is not None
        return by_re2(subject)

    return test, find


def _has_half_a_pair(subject: str) -> bool:
    try:
        subject.encode()
    except UnicodeEncodeError:
        return True
    return False


def compile_pattern(text: str) -> Pattern:
    """The pattern that `text` spells, compiled once for equal texts. PatternError if RE2 refuses it."""
    return _compile(text)


@lru_cache(maxsize=4_096)
def _compile(text: str) -> Pattern:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    try:
        # On bytes: for text the binding works out character offsets that nobody asks for, at three times the cost.
        return Pattern(text, re2.compile(text.encode(), options).search)
    except UnicodeEncodeError as error:
        raise PatternError("half a surrogate pair is no character", offset=error.start) from None
    except re2.error as error:
        raise _explain(text, error) from None


def whole_characters(subject: str) -> str:
    """The text with U+FFFD in place of each half surrogate pair, and pairs written as two halves joined."""
    return subject.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


#: What people bring along from other engines, longer signs first, and what to do instead.
_FOREIGN = (
    ("(?<=", "RE2 has no look-behind", "test the parts with separate conditions"),
    ("(?<!", "RE2 has no look-behind", "use `deny_if` for what must not be there"),
    ("(?=", "RE2 has no look-ahead", "test the parts with separate conditions"),
    ("(?!", "RE2 has no look-ahead", "use `deny_if` for what must not be there"),
    ("(?>", "RE2 has no atomic groups", "RE2 never backtracks, so a plain group `(?:...)` does"),
    ("(?P=", "RE2 has no backreferences", "spell the text out, or compare with `eq`"),
    ("(?#", "RE2 has no comments", "leave the comment out"),
    ("\\Z", "RE2 has no `\\Z`", "write `\\z` for the end of the text"),
)


def _explain(text: str, error: Exception) -> PatternError:
    raw = error.args[0] if error.args else ""
    reason = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    what, _, piece = reason.partition(": ")
    for sign, message, help_ in _FOREIGN:
        # RE2 cuts the piece that it quotes: `(?P=name)` comes back as `(?P=n`, a look-behind sometimes as `(?<`.
        if piece and sign in text and (piece.startswith(sign) or sign.startswith(piece)):
            return PatternError(message, offset=text.index(sign), length=len(sign), help=help_)
    # The piece is named without its place; people look at its first occurrence.
    offset = text.find(piece) if piece and piece != text else -1
    if piece[:1] == "\\" and piece[1:2] in set("123456789"):
        help_ = "spell the text out, or compare with `eq`"
        return PatternError(
            f"RE2 has no backreferences such as `{piece}`", offset=text.find(piece), length=len(piece), help=help_
        )
    message = f"{what} in `{piece}`" if offset >= 0 else what
    return PatternError(message, offset=offset if offset >= 0 else None, length=len(piece))
