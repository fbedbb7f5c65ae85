"""A comparison of two policies over recorded calls for people."""

from __future__ import annotations

from policyctl.report.compare.page import sections
from policyctl.report.compare.words import compared
from policyctl.report.page.text import draw
from policyctl.report.style import Style
from policyctl.simulate.compare.result import Comparison

#: Narrower than this, tables are cut more than they tell.
_NARROWEST = 60


def render(comparison: Comparison, *, color: bool, width: int) -> str:
    """Every section that has something to say; the last line says what was compared and what came of it."""
    style = Style(color)
    page = draw(sections(comparison), style, max(width, _NARROWEST))
    return f"{page}\n\n{style.paint(compared(comparison), 'strong')}\n"
