"""A value of a document as a document of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.source.document import Document, Place


def below(document: Document, value: Any, pointer: str) -> Document:
    """The value at `pointer`; its pointers begin at it, its places are those of the whole file."""
    return Document(
        document.name, document.text, value, document.format, document.digest, lambda _: _Below(document, pointer)
    )


class _Below(Mapping[str, Place]):
    def __init__(self, document: Document, root: str) -> None:
        self._document = document
        self._root = root

    def __getitem__(self, pointer: str) -> Place:
        return self._document.places[self._root + pointer]

    def __iter__(self) -> Iterator[str]:
        inside = f"{self._root}/"
        for pointer in self._document.places:
            if pointer == self._root or pointer.startswith(inside):
                yield pointer[len(self._root) :]

    def __len__(self) -> int:
        return sum(1 for _ in self)
