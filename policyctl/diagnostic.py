"""What is wrong in a user's file, and exactly where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a diagnostic weighs, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst; sorts diagnostics of one place."""
        return _RANK[self]


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two characters: 0-based `offset`, 1-based `line` and `column`, all in code points."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text; `end` is exclusive."""

    start: Position
    end: Position


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Characters of a text, from `start` up to `end` in code points, and what takes their place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding, all of them or none; `is_safe` only if no call's decision changes."""

    title: str
    edits: tuple[Edit, ...]
    is_safe: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a mistake has to do with; `message` says in a few words what stands there."""

    file: str
    message: str
    span: Span | None = None
    pointer: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake in one file.

    `message` is one lower-case sentence without a full stop that says what is, with the user's words in backticks;
    `help` says what to do, `notes` what else there is to know. `span` is None only where the file has no such place (a
    directory, an undecodable file). `pointer` is an RFC 6901 JSON Pointer, "" for the whole document, None where no
    document could be read.
    """

    code: str
    severity: Severity
    message: str
    file: str
    span: Span | None = None
    pointer: str | None = None
    help: str | None = None
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[str, int, int, int, str, str]:
        """File, then place, then severity and code: the order of every report."""
        # By lines, since offsets into a recording start anew on each.
        line, column = (self.span.start.line, self.span.start.column) if self.span else (0, 0)
        return (self.file, line, column, self.severity.rank, self.code, self.message)
