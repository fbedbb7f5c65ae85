"""Diagnostics as a JUnit report: a suite a file, a failure a diagnostic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from xml.sax.saxutils import quoteattr

from policyctl.diagnostic import Diagnostic
from policyctl.report.diagnostics.place import beside
from policyctl.report.escape import escape_terminal


def render(diagnostics: Iterable[Diagnostic], files: Iterable[str], names: Callable[[str], str | None]) -> str:
    """The report; a file without a diagnostic has one case, which passes, since readers mistrust empty suites."""
    found: dict[str, list[Diagnostic]] = {file: [] for file in files}
    for diagnostic in diagnostics:
        found.setdefault(diagnostic.file, []).append(diagnostic)
    total = sum(map(len, found.values()))
    head = (
        f'<testsuites name="policyctl" tests="{sum(max(1, len(each)) for each in found.values())}" failures="{total}">'
    )
    lines = (line for file, own in found.items() for line in _suite(file, own, names))
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, *lines, "</testsuites>")) + "\n"


def _suite(file: str, found: list[Diagnostic], names: Callable[[str], str | None]) -> Iterator[str]:
    yield f'  <testsuite name={_attribute(file)} tests="{max(1, len(found))}" failures="{len(found)}" errors="0">'
    if not found:
        yield f'    <testcase name="policyctl" classname={_attribute(file)}/>'
    for diagnostic in found:
        name = names(diagnostic.code)
        title = diagnostic.code if name is None else f"{diagnostic.code} {name}"
        start = diagnostic.span.start if diagnostic.span else None
        at = f' line="{start.line}" column="{start.column}"' if start else ""
        where = f"line {start.line}, column {start.column}: " if start else ""
        yield f"    <testcase name={_attribute(title)} classname={_attribute(file)}{at}>"
        said = f"{where}{diagnostic.message}{beside(diagnostic)}{f'; {diagnostic.help}' if diagnostic.help else ''}"
        yield f"      <failure type={_attribute(diagnostic.severity.value)} message={_attribute(said)}/>"
        yield "    </testcase>"
    yield "  </testsuite>"


def _attribute(text: str) -> str:
    """A quoted value; what XML cannot hold is shown as an escape."""
    return quoteattr(escape_terminal(text))
