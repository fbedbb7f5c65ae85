"""The report of a simulation for a pull request or a step summary."""

from __future__ import annotations

from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.page.markdown import draw
from policyctl.report.simulate.page import checked, sections
from policyctl.simulate.result import Simulation


def render(simulation: Simulation) -> str:
    """The same sections as on a terminal, under one heading with the short answer."""
    # Who posts the report finds the comment of the last run by the marker, and edits it.
    title = "<!-- policyctl simulate -->\n## policyctl simulate"
    return disarm_commands(f"{title}\n\n**{escape_markdown(checked(simulation))}**\n\n{draw(sections(simulation))}\n")
