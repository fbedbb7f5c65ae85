"""Diagnostics as Markdown, for the summary of a step or a comment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from policyctl.diagnostic import Diagnostic, Related
from policyctl.report.diagnostics.place import position
from policyctl.report.page.markdown import draw
from policyctl.report.page.parts import Cell, Code, Column, Part, Row, Section, Table, backticked, say
from policyctl.report.style import severity_role

#: A summary that is larger than a mebibyte is dropped whole.
SHOWN = 500

_COLUMNS = (Column("severity"), Column("rule"), Column("place", code=True))


def render(
    title: str, diagnostics: Iterable[Diagnostic], names: Callable[[str], str | None], *, last: Sequence[str]
) -> str:
    """A table of what was found, then the last lines of the report."""
    found = tuple(diagnostics)
    closing = tuple(say(line) for line in last)
    table = (findings_table(found, names),) if found else ()
    return draw([Section(title, "", (*table, *closing))]) + "\n"


def findings_table(found: Sequence[Diagnostic], names: Callable[[str], str | None]) -> Table:
    """A row for each of the first findings."""
    rows = tuple(_row(each, names(each.code)) for each in found[:SHOWN])
    return Table(_COLUMNS, rows, more=len(found) - len(rows), note_title="finding")


def _row(diagnostic: Diagnostic, name: str | None) -> Row:
    start = diagnostic.span.start if diagnostic.span else None
    place = diagnostic.file if start is None else f"{diagnostic.file}:{start.line}:{start.column}"
    severity = Cell(diagnostic.severity.value, severity_role(diagnostic.severity))
    rule = diagnostic.code if name is None else f"{diagnostic.code} {name}"
    return Row((severity, Cell(rule), Cell(place)), note=say(*_words(diagnostic)))


def _words(diagnostic: Diagnostic) -> tuple[Part, ...]:
    """The message with the words of the user as code."""
    if not diagnostic.related:
        return backticked(f"{diagnostic.message}; {diagnostic.help}" if diagnostic.help else diagnostic.message)
    help_ = backticked(f"; {diagnostic.help}") if diagnostic.help else ()
    return (*backticked(diagnostic.message), *(part for each in diagnostic.related for part in _beside(each)), *help_)


def _beside(related: Related) -> tuple[Part, ...]:
    return ("; ", Code(position(related.file, related.span)), ": ", Code(related.message))
