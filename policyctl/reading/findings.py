"""The mistakes of one document, as the reader meets them."""

from __future__ import annotations

from policyctl.diagnostic import Diagnostic, Severity, Span
from policyctl.source.document import Document
from policyctl.source.nearest import nearest_span


class Findings:
    """Collects what is wrong with one document; a place is looked up only when there is something to say about it."""

    __slots__ = ("_found", "document")

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: list[Diagnostic] = []

    def error(self, code: str, pointer: str, message: str, *, help: str | None = None, key: bool = False) -> None:
        """Note an error at the value at `pointer`, or at its key."""
        span = self.document.key_span(pointer) if key else self.document.span(pointer)
        self._add(code, span, pointer, message, help)

    def note(
        self, severity: Severity, code: str, pointer: str, message: str, *, help: str | None = None, key: bool = False
    ) -> None:
        """Note whatever weighs so much at the value at `pointer` or, where the file has no such place, around it."""
        span = nearest_span(self.document, pointer, key=key)
        self._found.append(Diagnostic(code, severity, message, self.document.name, span, pointer, help))

    def error_within(self, code: str, pointer: str, part: range, message: str, *, help: str) -> None:
        """Note an error at a part of the text at `pointer`, or at all of it where it is written with escapes."""
        self._add(code, self.document.part_span(pointer, part), pointer, message, help)

    def _add(self, code: str, span: Span, pointer: str, message: str, help_: str | None) -> None:
        self._found.append(Diagnostic(code, Severity.ERROR, message, self.document.name, span, pointer, help_))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything noted so far in the order of the file."""
        return tuple(sorted(self._found, key=lambda diagnostic: diagnostic.sort_key))

    def __bool__(self) -> bool:
        """Whether any of it is an error."""
        return any(found.severity is Severity.ERROR for found in self._found)
