"""Where a diagnostic is, as editors and terminals understand it."""

from __future__ import annotations

from policyctl.diagnostic import Diagnostic
from policyctl.report.escape import escape_terminal


def place(diagnostic: Diagnostic) -> str:
    """`file:line:column`, or the file alone where there is no such place."""
    file = escape_terminal(diagnostic.file)
    if file.startswith("::"):
        # At the start of a line this would be a command to a workflow runner.
        file = f"./{file}"
    if diagnostic.span is None:
        return file
    start = diagnostic.span.start
    return f"{file}:{start.line}:{start.column}"
