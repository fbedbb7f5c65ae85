"""What became of assertions for a pull request or the summary of a step."""

from __future__ import annotations

from policyctl.report.check.result import CheckReport
from policyctl.report.check.text import absences, sections
from policyctl.report.diagnostics.markdown import findings_table
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.page.markdown import draw
from policyctl.report.page.parts import Section, say


def render(report: CheckReport) -> str:
    """The findings, then every assertion, under one heading with the short answer."""
    # Who posts the report finds the comment of the last run by the marker, and edits it.
    title = "<!-- policyctl check -->\n## policyctl check"
    found = [Section("findings", "", (findings_table(report.diagnostics, rule_name),))] if report.diagnostics else []
    last = Section("checked", "", (*(say(line) for line in absences(report)), say(report.last_line)))
    body = draw([*found, *sections(report), last])
    return disarm_commands(f"{title}\n\n**{escape_markdown(report.summary)}**\n\n{body}\n")
