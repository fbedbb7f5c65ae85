"""The report of a simulation for people."""

from __future__ import annotations

from policyctl.report.page.text import draw
from policyctl.report.simulate.page import checked, sections
from policyctl.report.style import Style
from policyctl.simulate.result import Simulation

#: Narrower than this, tables are cut more than they tell.
_NARROWEST = 60


def render(simulation: Simulation, *, color: bool, width: int) -> str:
    """Every section that has something to say; the last line says what was checked."""
    style = Style(color)
    page = draw(sections(simulation), style, max(width, _NARROWEST))
    return f"{page}\n\n{style.paint(checked(simulation), 'strong')}\n"
