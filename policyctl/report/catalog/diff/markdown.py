"""The comparison of two catalogs for a pull request or a step summary."""

from __future__ import annotations

from policyctl.report.catalog.diff.page import checked, sections
from policyctl.report.catalog.diff.result import DiffResult
from policyctl.report.diagnostics.place import place
from policyctl.report.diagnostics.summary import verdict
from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.page.markdown import draw
from policyctl.report.page.parts import Cell, Column, Row, Section, Table, backticked, say
from policyctl.report.style import Style

_MOST_ROWS = 100


def render(result: DiffResult) -> str:
    """Findings, worst first, and the sections of the text."""
    # Who posts the report finds the comment of the last run by the marker, and edits it.
    title = "<!-- policyctl catalog diff -->\n## policyctl catalog diff"
    summary = f"{verdict(result.count, Style(color=False))} · {checked(result)}"
    page = draw((*_findings(result), *sections(result)))
    return disarm_commands(f"{title}\n\n**{escape_markdown(summary)}**\n\n{page}\n")


def _findings(result: DiffResult) -> tuple[Section, ...]:
    worst_first = sorted(result.diagnostics, key=lambda found: (found.severity.rank, found.sort_key))
    rows = tuple(
        Row(
            (
                Cell(found.severity.value, "error" if found.severity.rank == 0 else None),
                Cell(found.code),
                Cell(place(found)),
            ),
            say(*backticked(found.message)),
            (say(*backticked(found.help)),) if found.help else (),
        )
        for found in worst_first
    )
    if not rows:
        return ()
    columns = (Column("severity"), Column("rule"), Column("where", code=True))
    table = Table(columns, rows[:_MOST_ROWS], more=max(0, len(rows) - _MOST_ROWS), note_title="what, and what to do")
    return (Section("findings", "", (table,)),)
