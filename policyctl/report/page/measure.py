"""How wide a text is on a terminal, and texts made to fit; all of them are escaped already."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_ELLIPSIS = "…"


def width_of(text: str) -> int:
    """Columns of a terminal that the text takes."""
    return len(text) if text.isascii() else sum(map(_width_of_character, text))


def _width_of_character(character: str) -> int:
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 2
    return 0 if unicodedata.category(character) in {"Mn", "Me"} else 1


def shorten(text: str, width: int) -> str:
    """The text with its middle left out where it is too long: names differ at both ends."""
    if width_of(text) <= width:
        return text
    tail = (width - 1) // 3
    return _start(text, width - 1 - tail) + _ELLIPSIS + _end(text, tail)


def cut(text: str, width: int) -> str:
    """The text without its end where it is too long: sentences say the most at their start."""
    return text if width_of(text) <= width else _start(text, width - 1).rstrip() + _ELLIPSIS


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text among spaces; at the right of them if so wished."""
    space = " " * (width - width_of(text))
    return space + text if right else text + space


def wrap(text: str, width: int) -> Iterator[str]:
    """Lines of whole words, as far as words fit into a line."""
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        line = word
        while width_of(line) > width:
            piece = _start(line, width)
            yield piece
            line = line[len(piece) :]
    if line:
        yield line


def _start(text: str, width: int) -> str:
    for index, character in enumerate(text):
        width -= _width_of_character(character)
        # At least one character, or a line that has no room for a wide one would never end.
        if width < 0 and index:
            return text[:index]
    return text


def _end(text: str, width: int) -> str:
    start = len(text)
    while start and width >= _width_of_character(text[start - 1]):
        start -= 1
        width -= _width_of_character(text[start])
    return text[start:]
