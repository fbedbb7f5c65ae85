"""A document of plain data that knows where everything in it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from policyctl.diagnostic import Position, Span
from policyctl.source.pointer import split


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands, and its key where it is a member of an object."""

    value: Span
    key: Span | None


@dataclass(frozen=True)
class Document:
    """What one file says: `text` without a byte order mark, `data` as JSON values, places by JSON Pointer.

    `name` is the file as the user named it; `digest` is `sha256:` and the SHA-256 of the bytes as they were read.
    Places are found when the first one is asked for: a file without a mistake never pays for them.
    """

    name: str
    text: str
    data: Any
    format: Literal["json", "yaml", "toml"]
    digest: str
    find_places: Callable[[str], Mapping[str, Place]]

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Every value of the document by its pointer."""
        return self.find_places(self.text)

    def span(self, pointer: str) -> Span:
        """The value at `pointer`."""
        return self.places[pointer].value

    def extent(self, pointer: str) -> tuple[int, int]:
        """The offsets between which the value at `pointer` stands."""
        span = self.span(pointer)
        return span.start.offset, span.end.offset

    def key_span(self, pointer: str) -> Span:
        """The key of the member at `pointer`; a list element or the root has none, so its value stands in."""
        place = self.places[pointer]
        return place.key or place.value

    def value(self, pointer: str) -> Any:
        """What stands at `pointer`. KeyError, IndexError or ValueError if nothing does."""
        value = self.data
        for segment in split(pointer):
            value = value[int(segment)] if type(value) is list else value[segment]
        return value

    def holds(self, pointer: str) -> bool:
        """Whether something stands at `pointer`; no place is looked up."""
        try:
            self.value(pointer)
        except (KeyError, IndexError, ValueError, TypeError):
            return False
        return True

    def part_span(self, pointer: str, part: range) -> Span:
        """A part of the text at `pointer`, or all of it where it is written with escapes or over several lines."""
        written, words = self.span(pointer), self.value(pointer)
        raw = self.text[written.start.offset : written.end.offset]
        quote = 1 if raw[:1] in {'"', "'"} else 0
        if raw[quote : len(raw) - quote] != words or "\n" in raw or "\r" in raw:
            return written
        return _part(written.start, quote + part.start, quote + part.stop)


def _part(start: Position, first: int, end: int) -> Span:
    """A stretch of the line that `start` is in, by distances from it."""
    at, to = (Position(start.offset + each, start.line, start.column + each) for each in (first, end))
    return Span(at, to)
