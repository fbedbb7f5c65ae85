"""Where a diagnostic is, as editors and terminals understand it."""

from __future__ import annotations

from policyctl.diagnostic import Diagnostic, Span
from policyctl.report.escape import escape_terminal


def place(diagnostic: Diagnostic) -> str:
    """`file:line:column`, or the file alone where there is no such place."""
    return position(diagnostic.file, diagnostic.span)


def beside(diagnostic: Diagnostic) -> str:
    """The other places, for formats that have one text for all of a diagnostic; empty without any."""
    return "".join(f"; {position(each.file, each.span)}: {each.message}" for each in diagnostic.related)


def position(name: str, span: Span | None) -> str:
    """The same for any place."""
    file = escape_terminal(name)
    if file.startswith("::"):
        # At the start of a line this would be a command to a workflow runner.
        file = f"./{file}"
    return file if span is None else f"{file}:{span.start.line}:{span.start.column}"
