"""One line for each diagnostic, for editors and for grep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.diagnostic import Diagnostic
from policyctl.report.diagnostics.place import place
from policyctl.report.escape import escape_terminal


def lines(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """`file:line:column: error[SCH01] message`."""
    for diagnostic in diagnostics:
        label = f"{diagnostic.severity.value}[{diagnostic.code}]"
        yield f"{place(diagnostic)}: {label} {escape_terminal(diagnostic.message)}"
