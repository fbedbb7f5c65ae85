"""The report of a recommendation for a pull request or a step summary."""

from __future__ import annotations

from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.page.markdown import draw
from policyctl.report.recommend.page import checked, sections
from policyctl.report.recommend.result import RecommendResult


def render(result: RecommendResult) -> str:
    """The same sections as on a terminal, under one heading with the short answer."""
    title = "<!-- policyctl recommend -->\n## policyctl recommend"
    return disarm_commands(f"{title}\n\n**{escape_markdown(checked(result))}**\n\n{draw(sections(result))}\n")
