"""The comparison of two catalogs for people."""

from __future__ import annotations

from policyctl.report.catalog.diff.page import checked, sections
from policyctl.report.catalog.diff.result import DiffResult
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import verdict
from policyctl.report.diagnostics.text import frames
from policyctl.report.page.text import draw
from policyctl.report.style import Style

_NARROWEST = 60


def render(result: DiffResult, *, color: bool, width: int) -> str:
    """A frame for each finding, what changed, and two lines of summary."""
    style = Style(color)
    found = frames(result.diagnostics, result.texts, names=rule_name, style=style, known=result.known)
    page = draw(sections(result), style, max(width, _NARROWEST))
    return "\n\n".join(
        (*found, page, f"{verdict(result.diagnostics, style)}\n{style.paint(checked(result), 'strong')}\n")
    )
