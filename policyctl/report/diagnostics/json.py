"""Diagnostics as they stand in the JSON of every command."""

from __future__ import annotations

from policyctl.diagnostic import Diagnostic, Position, Span
from policyctl.model.values import JSONValue


def entry(diagnostic: Diagnostic, name: str | None) -> dict[str, JSONValue]:
    """One diagnostic; `name` is the rule's name in words."""
    return {
        "code": diagnostic.code,
        "name": name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "file": diagnostic.file,
        "pointer": diagnostic.pointer,
        "span": span_of(diagnostic.span),
    }


def span_of(span: Span | None) -> JSONValue:
    """A place in a text."""
    return None if span is None else {"start": _position(span.start), "end": _position(span.end)}


def _position(position: Position) -> dict[str, JSONValue]:
    return {"line": position.line, "column": position.column, "offset": position.offset}
