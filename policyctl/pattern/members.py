"""Which characters a class of RE2 takes, as RE2 itself answers: case folding and Unicode tables are its own."""

from __future__ import annotations

from array import array
from functools import cache

Ranges = tuple[tuple[int, int], ...]

#: First code point, first byte of it in the text of all characters, bytes for each: one row for each length in UTF-8.
_BLOCKS = (
    (0x10000, 0x80 + 2 * 0x780 + 3 * (0xF800 - 0x800), 4),
    (0xE000, 0x80 + 2 * 0x780 + 3 * (0xD800 - 0x800), 3),
    (0x800, 0x80 + 2 * 0x780, 3),
    (0x80, 0x80, 2),
    (0, 0, 1),
)


@cache
def members(text: str) -> Ranges:
    """The characters that `text`, a pattern for exactly one character, matches: ascending ranges with both ends."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    runs = re2.compile(f"(?:{text})+".encode(), options).finditer(_every_character())
    return tuple((_code_point(run.start()), _code_point(run.end() - 1)) for run in runs)


@cache
def _every_character() -> bytes:
    codes = array("I", (*range(0xD800), *range(0xE000, 0x110000)))
    return codes.tobytes().decode("utf-32-le" if array("H", [1]).tobytes()[0] else "utf-32-be").encode()


def _code_point(offset: int) -> int:
    """The character that has its bytes around this offset."""
    first, start, width = next(block for block in _BLOCKS if offset >= block[1])
    return first + (offset - start) // width
