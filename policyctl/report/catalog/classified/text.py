"""The report on classes for people."""

from __future__ import annotations

from policyctl.report.catalog.classified.page import checked, sections
from policyctl.report.catalog.classified.result import ClassifyResult
from policyctl.report.page.text import draw
from policyctl.report.style import Style

#: Narrower than this, tables are cut more than they tell.
_NARROWEST = 60


def render(result: ClassifyResult, *, color: bool, width: int) -> str:
    """Every section that has something to say; the last line says what was classified."""
    style = Style(color)
    page = draw(sections(result), style, max(width, _NARROWEST))
    last = style.paint(checked(result), "strong") + "\n"
    return f"{page}\n\n{last}" if page else last
