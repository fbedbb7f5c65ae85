"""The report on classes for a pull request or a step summary."""

from __future__ import annotations

from policyctl.report.catalog.classified.page import checked, sections
from policyctl.report.catalog.classified.result import ClassifyResult
from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.page.markdown import draw


def render(result: ClassifyResult) -> str:
    """The same sections as on a terminal, under one heading with the short answer."""
    title = "<!-- policyctl catalog classify -->\n## policyctl catalog classify"
    return disarm_commands(f"{title}\n\n**{escape_markdown(checked(result))}**\n\n{draw(sections(result))}\n")
