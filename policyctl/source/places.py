"""The places of a document, each made when it is asked for: a report needs a few, and a large policy has thousands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from policyctl.source.document import Place
from policyctl.source.lines import Lines


class Extent(NamedTuple):
    """Offsets of a value, and of its key where it is a member of an object."""

    start: int
    end: int
    key: tuple[int, int] | None


class Places(Mapping[str, Place]):
    """Places by JSON Pointer, over the extents of every value of a text."""

    def __init__(self, text: str, extents: Mapping[str, Extent]) -> None:
        self._lines = Lines(text)
        self._extents = extents

    def __getitem__(self, pointer: str) -> Place:
        start, end, key = self._extents[pointer]
        return Place(self._lines.span(start, end), self._lines.span(*key) if key else None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._extents)

    def __len__(self) -> int:
        return len(self._extents)
