"""What became of assertions for people: frames, then all of them in a table."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.check.result import CheckResult, Outcome, Verdict
from policyctl.check.words import described
from policyctl.report.check.result import CheckReport
from policyctl.report.diagnostics.summary import framed, in_lines, several
from policyctl.report.page.parts import Cell, Column, Row, Section, Table, listed, say
from policyctl.report.page.text import draw
from policyctl.report.style import Role, Style

#: Narrower than this, tables are cut more than they tell.
_NARROWEST, _ROWS, _NAMES = 60, 60, 6

ROLES: dict[Outcome, Role] = {
    Outcome.HOLDS: "good",
    Outcome.FAILS: "error",
    Outcome.UNDETERMINED: "warning",
    Outcome.CHECKS_NOTHING: "warning",
}


def render(report: CheckReport, style: Style, width: int) -> str:
    """A frame for each finding, a row for each assertion, and what was checked."""
    tables = [draw(sections(report), style, max(width, _NARROWEST))] if report.results else []
    worst = next((outcome for outcome in _WORST_FIRST if report.outcomes[outcome]), None)
    summary = style.paint(report.summary, ROLES[worst] if worst and not report.flawed else "error")
    absent = [style.paint(line, "quiet") for line in absences(report)]
    last = "\n".join((*absent, summary, report.last_line)) + "\n"
    return "\n\n".join((*framed(report.diagnostics, report.texts, style, known=report.known), *tables, last))


def render_concise(report: CheckReport) -> str:
    """A line for each finding and one of summary."""
    return in_lines(report.diagnostics, f"{report.summary} · {report.last_line}")


_WORST_FIRST = (Outcome.FAILS, Outcome.UNDETERMINED, Outcome.CHECKS_NOTHING, Outcome.HOLDS)


def absences(report: CheckReport) -> Iterator[str]:
    """Files that do not count since the revision does not have them."""
    from policyctl.report.escape import escape_terminal

    for name in report.absent:
        said = f"`{escape_terminal(report.revision or '')}` has no `{escape_terminal(name)}`"
        yield f"{said}: what it asserts counts once it is there"


def sections(report: CheckReport) -> Iterator[Section]:
    """A table for each file of assertions under each policy."""
    for result in report.results:
        has_names = any(verdict.assertion.name for verdict in result.verdicts)
        columns = (
            Column("outcome", rigid=True),
            Column("line", number=True),
            Column("tools"),
            *([Column("name", code=True)] if has_names else []),
            Column("assertion", code=True, prose=True),
        )
        rows = tuple(_row(report, result, verdict, has_names=has_names) for verdict in result.verdicts[:_ROWS])
        table = Table(columns, rows, more=len(result.verdicts) - len(rows), note_title="fails for")
        catalog = "" if result.catalog is None else f" with the tools of {result.catalog.name}"
        yield Section(result.assertions.name, f"about {result.policy.name}{catalog}", (table,))


def _row(report: CheckReport, result: CheckResult, verdict: Verdict, *, has_names: bool) -> Row:
    assertion = verdict.assertion
    cells = (
        Cell(verdict.outcome.value, ROLES[verdict.outcome]),
        Cell(f"{report.documents[result.assertions.name].span(assertion.pointer).start.line:,}"),
        Cell(_tools(verdict)),
        *([Cell(assertion.name or "")] if has_names else []),
        Cell(described(assertion)),
    )
    failing = [breach.tool for breach in verdict.breaches]
    note = (
        say(f"fails for {several(len(failing), 'tool')}: ", *listed(failing, most=_NAMES)) if len(failing) > 1 else None
    )
    return Row(cells, note)


def _tools(verdict: Verdict) -> str:
    meant = verdict.meant
    if meant.other is None:
        return f"{len(meant.names):,}"
    return f"{len(meant.names):,} and others" if meant.names else "any other"
