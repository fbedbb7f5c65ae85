"""JSON Lines as one document: a list whose elements are the lines, each of which knows its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from policyctl.diagnostic import Diagnostic, Span
from policyctl.source.document import Document, Place
from policyctl.source.fault import diagnose
from policyctl.source.json_ import find_places, parse
from policyctl.source.lines import Lines

_LINE = re.compile(r"[^\n]*[^\s][^\n]*")


@dataclass(frozen=True, slots=True)
class LinesReading:
    """The lines that are JSON as one document, and what is wrong with the others, which count as null in it."""

    document: Document
    broken: tuple[Diagnostic, ...]


def is_lines(text: str) -> bool:
    """Whether the first line that is not blank is JSON by itself, and more follows."""
    lines = _LINE.finditer(text)
    first, second = next(lines, None), next(lines, None)
    return first is not None and second is not None and first[0].lstrip()[:1] in "{[" and not parse(first[0])[1]


def read_lines(name: str, text: str, digest: str) -> LinesReading:
    """Every line that is not blank; the pointer of the first is `/0`."""
    extents = [match.span() for match in _LINE.finditer(text)]
    lines = Lines(text)
    values, broken = [], []
    for index, (start, end) in enumerate(extents):
        value, faults = parse(text[start:end])
        values.append(value)
        broken += [
            replace(found, span=found.span and _shifted(found.span, start, lines), pointer=f"/{index}")
            for found in diagnose(faults, name=name, text=text[start:end])[:1]
        ]
    document = Document(name, text, values, "json", digest, lambda text: LinePlaces(text, extents))
    return LinesReading(document, tuple(broken))


class LinePlaces(Mapping[str, Place]):
    """Places by JSON Pointer; a line is taken apart when something in it is asked for."""

    def __init__(self, text: str, extents: list[tuple[int, int]]) -> None:
        self._text = text
        self._lines = Lines(text)
        self._extents = extents
        self._found: dict[int, Mapping[str, Place]] = {}

    def __getitem__(self, pointer: str) -> Place:
        if not pointer:
            return Place(self._lines.span(0, len(self._text)), None)
        segment, slash, rest = pointer[1:].partition("/")
        if not segment.isdecimal() or int(segment) >= len(self._extents):
            raise KeyError(pointer)
        start, end = self._extents[int(segment)]
        if not slash:
            return Place(self._lines.span(start, end), None)
        if int(segment) not in self._found:
            self._found[int(segment)] = find_places(self._text[start:end])
        place = self._found[int(segment)][slash + rest]
        key = None if place.key is None else _shifted(place.key, start, self._lines)
        return Place(_shifted(place.value, start, self._lines), key)

    def __iter__(self) -> Iterator[str]:
        yield ""
        yield from (f"/{index}" for index in range(len(self._extents)))

    def __len__(self) -> int:
        return 1 + len(self._extents)


def _shifted(span: Span, start: int, lines: Lines) -> Span:
    return lines.span(span.start.offset + start, span.end.offset + start)
