"""Offsets into a text as lines and columns, the way editors count them."""

from __future__ import annotations

import re
from bisect import bisect_right

from policyctl.diagnostic import Position, Span

_BREAK = re.compile(r"\r\n|\r|\n")


class Lines:
    """The lines of one text; CR LF, a lone CR and a lone LF each end one."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _BREAK.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """The place before the code point at `offset`; the end of the text is a place too."""
        line = bisect_right(self._starts, offset)
        return Position(offset=offset, line=line, column=offset - self._starts[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """The stretch from `start` up to `end`, exclusive."""
        return Span(self.position(start), self.position(end))

    def start(self, line: int) -> int:
        """The offset at which the 1-based `line` starts."""
        return self._starts[line - 1]

    def line(self, line: int) -> str:
        """The 1-based `line` without its end."""
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return self._text[self._starts[line - 1] : end].rstrip("\r\n")
