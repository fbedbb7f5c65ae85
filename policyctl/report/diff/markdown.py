"""The report of a comparison for a pull request or a step summary."""

from __future__ import annotations

from policyctl.report.diff.page import sections, summary
from policyctl.report.diff.result import DiffReport
from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.page.markdown import draw


def render(report: DiffReport) -> str:
    """The same sections as on a terminal, under one heading with the short answer."""
    # Who posts the report finds the comment of the last run by the marker, and edits it.
    title = "<!-- policyctl diff -->\n## policyctl diff"
    return disarm_commands(f"{title}\n\n**{escape_markdown(summary(report))}**\n\n{draw(sections(report))}\n")
