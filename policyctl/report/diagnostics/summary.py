"""What a report says of all diagnostics together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from policyctl.diagnostic import Diagnostic, Severity
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.style import Style, severity_role


def counts(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many there are of each severity, gravest first, none left out."""
    found = Counter(diagnostic.severity for diagnostic in diagnostics)
    return {severity: found[severity] for severity in Severity}


def verdict(diagnostics: Iterable[Diagnostic], style: Style) -> str:
    """`2 errors · 1 warning`, or that there are no problems."""
    found = counts(diagnostics)
    if not any(found.values()):
        return style.paint("no problems", "good")
    return " · ".join(
        style.paint(several(number, severity.value), severity_role(severity))
        for severity, number in found.items()
        if number
    )


def framed(
    diagnostics: tuple[Diagnostic, ...],
    texts: Mapping[str, str],
    style: Style,
    *,
    known: Container[str] = frozenset(),
) -> Iterator[str]:
    """A frame for each of them, if there are any; `known` are files that surely record no calls."""
    if diagnostics:
        # Most policies are fine, and what draws excerpts takes as long to import as they take to read.
        from policyctl.report.diagnostics.text import frames

        yield from frames(diagnostics, texts, names=rule_name, style=style, known=known)


def in_lines(diagnostics: Iterable[Diagnostic], last_line: str) -> str:
    """A line for each of them and one of summary."""
    from policyctl.report.diagnostics import concise

    found = tuple(diagnostics)
    return "\n".join((*concise.lines(found), f"{verdict(found, Style(color=False))} · {last_line}\n"))


def several(number: int, thing: str) -> str:
    """`1 tool`, `2 tools`; nobody says infos."""
    return f"{number:,} {thing}" if number == 1 or thing == "info" else f"{number:,} {thing}s"


def checked(policies: int, tools: int) -> str:
    """The last line of a report on policies."""
    return f"checked {policies:,} {'policy' if policies == 1 else 'policies'} · {several(tools, 'tool')}"
