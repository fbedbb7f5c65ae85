"""Where a finding is accepted: an entry of the configuration, a comment, a line of a baseline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from policyctl.diagnostic import Diagnostic, Span
from policyctl.engine.canonical import digest
from policyctl.source.document import Document

Kind: TypeAlias = Literal["configuration", "comment", "baseline"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted finding of one file; `place` is where the words stand: a file and, if it is known, a stretch of it.

    `at` is the JSON Pointer of what is accepted, with all below it, or None where `line` says it. `content` is the digest
    of what stood there when it was accepted.
    """

    kind: Kind
    code: str
    file: str
    place: tuple[str, Span | None]
    at: str | None = None
    line: int | None = None
    reason: str | None = None
    expires: date | None = None
    content: str | None = None

    def covers(self, found: Diagnostic) -> bool:
        """Whether the words are about this finding."""
        if found.code != self.code or found.file != self.file:
            return False
        if self.at is None:
            return found.span is not None and found.span.start.line == self.line
        pointer = found.pointer
        return pointer is not None and (pointer == self.at or pointer.startswith(f"{self.at}/"))


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that is not reported as one, and the words that say why."""

    found: Diagnostic
    entry: Entry


def content_of(document: Document, pointer: str) -> str | None:
    """The digest of what stands at a pointer, None if nothing does: other words there void what was accepted."""
    try:
        return digest(document.value(pointer))
    except (KeyError, IndexError, ValueError, TypeError):
        return None
