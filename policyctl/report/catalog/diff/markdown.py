"""The comparison of two catalogs for a pull request or a step summary."""

from __future__ import annotations

from policyctl.report.catalog.diff.page import checked, sections
from policyctl.report.catalog.diff.result import DiffResult
from policyctl.report.diagnostics.markdown import findings_table
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import verdict
from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.page.markdown import draw
from policyctl.report.page.parts import Section
from policyctl.report.style import Style


def render(result: DiffResult) -> str:
    """Findings, worst first, and the sections of the text."""
    # Who posts the report finds the comment of the last run by the marker, and edits it.
    title = "<!-- policyctl catalog diff -->\n## policyctl catalog diff"
    summary = f"{verdict(result.diagnostics, Style(color=False))} · {checked(result)}"
    page = draw((*_findings(result), *sections(result)))
    return disarm_commands(f"{title}\n\n**{escape_markdown(summary)}**\n\n{page}\n")


def _findings(result: DiffResult) -> tuple[Section, ...]:
    worst_first = sorted(result.diagnostics, key=lambda found: (found.severity.rank, found.sort_key))
    return (Section("findings", "", (findings_table(worst_first, rule_name),)),) if worst_first else ()
