"""The report of a comparison for people."""

from __future__ import annotations

from policyctl.report.diff.page import sections, summary
from policyctl.report.diff.result import DiffReport
from policyctl.report.diff.words import RELATION_ROLES
from policyctl.report.page.text import draw
from policyctl.report.style import Style

#: Narrower than this, tables are cut more than they tell.
_NARROWEST = 60


def render(report: DiffReport, *, color: bool, width: int) -> str:
    """Every section that has something to say; the last line says what was compared and what came of it."""
    style = Style(color)
    page = draw(sections(report), style, max(width, _NARROWEST))
    return f"{page}\n\n{style.paint(summary(report), RELATION_ROLES[report.diff.relation])}\n"
