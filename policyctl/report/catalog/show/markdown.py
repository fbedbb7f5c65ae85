"""Catalogs for a wiki, an issue or a comment."""

from __future__ import annotations

from policyctl.report.catalog.show import index, page
from policyctl.report.catalog.show.result import Shown
from policyctl.report.escape import disarm_commands
from policyctl.report.page.markdown import draw


def render(shown: Shown) -> str:
    """The page of the tool that was named, else the tables."""
    if shown.page is not None:
        blocks = ["## policyctl catalog show", draw(page.sections(shown.page))]
    else:
        asked = index.asked(shown.selection)
        blocks = [
            "## policyctl catalog show",
            draw(index.sections(shown)),
            f"{index.last_line(shown)}\n{asked}".strip(),
        ]
    return disarm_commands("\n\n".join(block for block in blocks if block) + "\n")
