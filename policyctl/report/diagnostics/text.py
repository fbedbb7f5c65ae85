"""Diagnostics with the line that they are about and carets under the place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from policyctl.diagnostic import Diagnostic
from policyctl.report.diagnostics.excerpt import excerpt
from policyctl.report.diagnostics.place import place
from policyctl.report.escape import escape_terminal
from policyctl.report.style import Style, severity_role
from policyctl.source.lines import Lines


def frames(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    *,
    names: Callable[[str], str | None],
    style: Style,
) -> Iterator[str]:
    """One frame for each diagnostic, several lines each; `texts` by file, `names` the rule's name by code."""
    lines: dict[str, Lines] = {}
    for diagnostic in diagnostics:
        file = diagnostic.file
        if file in texts and file not in lines:
            lines[file] = Lines(texts[file])
        yield "\n".join(_frame(diagnostic, lines.get(file), names(diagnostic.code), style))


def _frame(diagnostic: Diagnostic, lines: Lines | None, name: str | None, style: Style) -> Iterator[str]:
    role = severity_role(diagnostic.severity)
    label = style.paint(f"{diagnostic.severity.value}[{diagnostic.code}]", role)
    yield f"{label}: {style.paint(escape_terminal(diagnostic.message), 'strong')}"
    number = str(diagnostic.span.start.line) if diagnostic.span else ""
    gutter = " " * len(number)
    yield f"{gutter}{style.paint('-->', 'gutter')} {place(diagnostic)}"
    if diagnostic.span and lines:
        shown = excerpt(lines, diagnostic.span)
        bar = style.paint("|", "gutter")
        yield f"{gutter} {bar}"
        yield f"{style.paint(number, 'gutter')} {bar} {shown.line}".rstrip()
        yield f"{gutter} {bar} {style.paint(shown.carets, role)}"
    sign = style.paint("=", "gutter")
    if diagnostic.pointer:
        yield f"{gutter} {sign} at: {escape_terminal(diagnostic.pointer)}"
    if diagnostic.help:
        yield f"{gutter} {sign} help: {escape_terminal(diagnostic.help)}"
    if name:
        yield f"{gutter} {sign} rule: {name}"
