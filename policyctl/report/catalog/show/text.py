"""Catalogs on a terminal, or piped."""

from __future__ import annotations

from policyctl.report.catalog.show import index, page
from policyctl.report.catalog.show.result import Shown
from policyctl.report.page.text import draw
from policyctl.report.style import Style


def render(shown: Shown, *, color: bool, width: int) -> str:
    """The page of the tool that was named, else the tables; the last line says what was looked at."""
    style = Style(color)
    if shown.page is not None:
        return f"{draw(page.sections(shown.page), style, width)}\n\n{index.last_line(shown)}\n"
    asked = index.asked(shown.selection)
    if not shown.entries:
        return f"no tool {f'is of {asked}' if asked else 'in the catalogs'}\n{index.last_line(shown)}\n"
    parts = (draw(index.sections(shown), style, width), index.last_line(shown) + (f" · {asked}" if asked else ""))
    return "\n\n".join(parts) + "\n"
