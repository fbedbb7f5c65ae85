"""A document of plain data that knows where everything in it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from policyctl.diagnostic import Span


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
    format: Literal["json", "yaml"]
    digest: str
    find_places: Callable[[str], Mapping[str, Place]]

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Every value of the document by its pointer."""
        return self.find_places(self.text)

    def span(self, pointer: str) -> Span:
        """The value at `pointer`."""
        return self.places[pointer].value

    def key_span(self, pointer: str) -> Span:
        """The key of the member at `pointer`; a list element or the root has none, so its value stands in."""
        place = self.places[pointer]
        return place.key or place.value
