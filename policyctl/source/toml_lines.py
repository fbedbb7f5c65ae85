"""On which line of a TOML text a key stands; Python's reader keeps no places."""

from __future__ import annotations

import re
from collections.abc import Iterator

_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"^[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]\]?", re.MULTILINE)
_PAIR = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PART = re.compile(_KEY)


def line_of(text: str, at: tuple[str | int, ...]) -> int | None:
    """The 1-based line of the deepest part of `at` that has a line of its own; None if no part has.

    A value in an inline table or a list has the line of its key. A line within a multi-line text may pass for a key:
    the cost is a wrong line in a message, never a wrong value.
    """
    places = {path: line for line, path in _keys(text)}
    for length in range(len(at), 0, -1):
        if at[:length] in places:
            return places[at[:length]]
    return None


def _keys(text: str) -> Iterator[tuple[int, tuple[str | int, ...]]]:
    table: tuple[str | int, ...] = ()
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table = _resolved(_parts(header[2]), counts)
            if header[1] == "[[":
                if table not in counts:
                    yield number, table
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            yield number, table
        elif pair := _PAIR.match(line):
            parts = _parts(pair[1])
            yield from ((number, (*table, *parts[:length])) for length in range(1, len(parts) + 1))


def _resolved(parts: tuple[str, ...], counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """A header's path with the index of the latest element where a part names an array of tables."""
    path: tuple[str | int, ...] = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if path in counts and position < len(parts) - 1:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") if part[0] in "\"'" else part for part in _PART.findall(dotted))
