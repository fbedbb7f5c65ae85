"""A comparison of two policies over recorded calls for a pull request or a step summary."""

from __future__ import annotations

from policyctl.report.compare.page import sections
from policyctl.report.compare.words import compared
from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.page.markdown import draw
from policyctl.simulate.compare.result import Comparison


def render(comparison: Comparison) -> str:
    """The same sections as on a terminal, under one heading with the short answer."""
    # Who posts the report finds the comment of the last run by the marker, and edits it.
    title = "<!-- policyctl simulate base -->\n## policyctl simulate"
    return disarm_commands(f"{title}\n\n**{escape_markdown(compared(comparison))}**\n\n{draw(sections(comparison))}\n")
