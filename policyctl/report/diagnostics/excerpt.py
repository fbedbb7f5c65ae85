"""One line of a file with the place in question underlined."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from policyctl.diagnostic import Span
from policyctl.report.escape import escape_character
from policyctl.source.lines import Lines

#: Columns of an excerpt; fixed, since a report does not depend on the window that it is shown in.
WIDTH = 110

_LEAD = 40
_TAB = 4


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What to print of a line, and the carets below it."""

    line: str
    carets: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """How one code point is shown, and how many columns that takes."""

    shown: str
    width: int


def excerpt(lines: Lines, span: Span) -> Excerpt:
    """The first line of a span; of a long line, the part around the span."""
    text = lines.line(span.start.line)
    start = min(span.start.column - 1, len(text))
    end = min(span.end.column - 1, len(text)) if span.end.line == span.start.line else len(text)
    # Nothing further away can be shown, and a minified policy is one line of megabytes.
    first = max(0, start - WIDTH) if len(text) > WIDTH else 0
    before = _cells(text[first:start])
    marked = _cells(text[start : min(max(end, start), start + WIDTH)])
    after = _cells(text[end : end + WIDTH])
    cut_left = first > 0
    while before and _width(before) + _width(marked) + _width(after) > WIDTH and _width(before) > _LEAD:
        before, cut_left = before[1:], True
    room = WIDTH - _width(before)
    rest = _fit(marked + after, room)
    cut_right = start + len(rest) < len(text)
    lead = "…" if cut_left else ""
    line = lead + _show(before) + _show(rest) + ("…" if cut_right else "")
    width = max(1, min(_width(marked), _width(rest)))
    return Excerpt(line.rstrip(), " " * (len(lead) + _width(before)) + "^" * width)


def _cells(text: str) -> list[_Cell]:
    return [_cell(character) for character in text]


def _cell(character: str) -> _Cell:
    if character == "\t":
        return _Cell(" " * _TAB, _TAB)
    shown = escape_character(character)
    if shown != character:
        return _Cell(shown, len(shown))
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return _Cell(shown, 2)
    return _Cell(shown, 0 if unicodedata.category(character) in {"Mn", "Me"} else 1)


def _fit(cells: list[_Cell], room: int) -> list[_Cell]:
    fitting = []
    for cell in cells:
        room -= cell.width
        if room < 0:
            break
        fitting.append(cell)
    return fitting


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _show(cells: list[_Cell]) -> str:
    return "".join(cell.shown for cell in cells)
