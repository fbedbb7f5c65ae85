"""Diagnostics with the line that they are about and carets under the place."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from policyctl.diagnostic import Diagnostic, Related
from policyctl.report.diagnostics.excerpt import excerpt
from policyctl.report.diagnostics.place import place, position
from policyctl.report.diagnostics.recorded import is_record
from policyctl.report.escape import escape_terminal
from policyctl.report.style import Style, severity_role
from policyctl.source.lines import Lines

#: So many are drawn: whoever has more to mend has no use for all of them at once.
SHOWN = 100
_HIDDEN = "the line is not shown, since recorded calls hold arguments; `policyctl simulate` is what replays them"

_UNSAFE = " (changes decisions: --unsafe-fixes)"


def frames(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    *,
    names: Callable[[str], str | None],
    style: Style,
    show_args: bool = False,
    known: Container[str] = frozenset(),
) -> Iterator[str]:
    """A frame for each of the first diagnostics and a line that counts the others; `names` gives a rule's name by its code.

    Of a record of calls no line is shown, since it may hold arguments, unless `show_args` says that they may be seen, or
    the file is `known` to be something else.
    """
    hidden = (
        frozenset() if show_args else {file for file, text in texts.items() if file not in known and is_record(text)}
    )
    lines: dict[str, Lines] = {}
    found = tuple(diagnostics)
    for diagnostic in found[:SHOWN]:
        for file in (diagnostic.file, *(related.file for related in diagnostic.related)):
            if file in texts and file not in lines and file not in hidden:
                lines[file] = Lines(texts[file])
        name = names(diagnostic.code)
        yield "\n".join(_frame(diagnostic, lines, name, style, is_hidden=diagnostic.file in hidden))
    if len(found) > SHOWN:
        yield f"and {len(found) - SHOWN:,} more are not shown; `policyctl validate --format json` lists those of a policy"


def _frame(
    diagnostic: Diagnostic, texts: Mapping[str, Lines], name: str | None, style: Style, *, is_hidden: bool
) -> Iterator[str]:
    role = severity_role(diagnostic.severity)
    lines = texts.get(diagnostic.file)
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
    for related in diagnostic.related:
        yield from _related(related, texts.get(related.file), gutter, style)
    sign = style.paint("=", "gutter")
    if diagnostic.pointer:
        yield f"{gutter} {sign} at: {escape_terminal(diagnostic.pointer)}"
    if diagnostic.help:
        yield f"{gutter} {sign} help: {escape_terminal(diagnostic.help)}"
    for note in diagnostic.notes:
        yield f"{gutter} {sign} note: {escape_terminal(note)}"
    if diagnostic.fix:
        yield f"{gutter} {sign} fix: {escape_terminal(diagnostic.fix.title)}{'' if diagnostic.fix.is_safe else _UNSAFE}"
    if is_hidden:
        yield f"{gutter} {sign} note: {_HIDDEN}"
    if name:
        yield f"{gutter} {sign} rule: {name}"


def _related(related: Related, lines: Lines | None, gutter: str, style: Style) -> Iterator[str]:
    """Another place, drawn more quietly, with what there is to say of it behind its marks."""
    words = escape_terminal(related.message)
    yield f"{gutter}{style.paint(':::', 'gutter')} {position(related.file, related.span)}"
    if related.span is None or lines is None:
        yield f"{gutter} {style.paint('=', 'gutter')} {words}"
        return
    shown = excerpt(lines, related.span)
    number, bar = str(related.span.start.line), style.paint("|", "gutter")
    space, marks = " " * len(number), f"{shown.carets.replace('^', '-')} {words}"
    yield f"{space} {bar}"
    yield f"{style.paint(number, 'gutter')} {bar} {shown.line}".rstrip()
    yield f"{space} {bar} {style.paint(marks, 'info')}"
