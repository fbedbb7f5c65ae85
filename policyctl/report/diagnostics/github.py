"""Diagnostics as annotations of a GitHub workflow, worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.report.diagnostics.place import beside, place
from policyctl.report.escape import escape_terminal

#: A step shows so many of each level; what is beyond is counted, and stands in the summary of the step.
SHOWN = 10

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(diagnostics: Iterable[Diagnostic], names: Callable[[str], str | None]) -> str:
    """A workflow command for each that is shown, and a line that counts the others."""
    return "".join(f"{line}\n" for line in _lines(tuple(diagnostics), names))


def _lines(diagnostics: tuple[Diagnostic, ...], names: Callable[[str], str | None]) -> Iterator[str]:
    left_out = 0
    for severity in Severity:
        found = [each for each in diagnostics if each.severity is severity]
        yield from (_annotation(each, names(each.code)) for each in found[:SHOWN])
        left_out += max(0, len(found) - SHOWN)
    if left_out:
        yield f"{left_out:,} more are in the summary of this step"


def _annotation(diagnostic: Diagnostic, name: str | None) -> str:
    title = diagnostic.code if name is None else f"{diagnostic.code} {name}"
    properties = {"title": title, "file": diagnostic.file, **_region(diagnostic)}
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    help_ = f"; {diagnostic.help}" if diagnostic.help else ""
    return f"::{_LEVELS[diagnostic.severity]} {listed}::{_data(f'{place(diagnostic)}: {diagnostic.message}{beside(diagnostic)}{help_}')}"


def _region(diagnostic: Diagnostic) -> dict[str, int]:
    if diagnostic.span is None:
        return {}
    start, end = diagnostic.span.start, diagnostic.span.end
    if start.line != end.line:
        # Columns of a place over several lines are refused.
        return {"line": start.line, "endLine": end.line}
    return {"line": start.line, "endLine": end.line, "col": start.column, "endColumn": end.column}


def _data(text: str) -> str:
    return escape_terminal(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
