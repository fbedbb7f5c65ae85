"""Texts for HTML: where a line may break, and what a word of JSON is. They are escaped for readers, not for HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)')


def breakable(name: str) -> tuple[str, ...]:
    """The parts of a name: before the capitals and behind the signs within it a line may break."""
    return tuple(re.split(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_./:-])(?=[^_./:-])", name)) if name else ("(no name)",)


def coloured(text: str) -> Iterator[tuple[str, str]]:
    """JSON as pairs of what a word is – `k` a key, `s` a string, `d` a number or a word of JSON – and the word."""
    done = 0
    for found in _TOKEN.finditer(text):
        yield "", text[done : found.start()]
        yield ("d" if found[3] else "k" if found[2] else "s"), found[1] or found[3]
        yield "", found[2] or ""
        done = found.end()
    yield "", text[done:]
