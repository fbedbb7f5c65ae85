"""The verdict of a gate for people: what was found, then every analysis on a line, the verdict last."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.gate.steps import Analysis
from policyctl.report.diagnostics.summary import framed
from policyctl.report.gate.page import ROLES, Chapter, chapters, verdict
from policyctl.report.gate.result import GateReport
from policyctl.report.page.text import draw
from policyctl.report.style import Style

#: Narrower than this, tables are cut more than they tell.
_NARROWEST = 60


def render(report: GateReport, *, color: bool, width: int) -> str:
    """What there is to look at, analysis by analysis, the table of all, and the verdict; what is well is a line there."""
    style, width = Style(color), max(width, _NARROWEST)
    pages = [page for chapter in chapters(report) if chapter.is_news for page in _page(report, chapter, style, width)]
    last = style.paint(report.summary, ROLES[report.outcome])
    return "\n\n".join((*pages, draw([verdict(report)], style, width), f"{last}\n"))


def _page(report: GateReport, chapter: Chapter, style: Style, width: int) -> Iterator[str]:
    if chapter.step.analysis in {Analysis.VALIDATE, Analysis.LINT}:
        # A frame shows more than a row of a table.
        yield from framed(report.lint.diagnostics, report.texts, style)
    else:
        yield draw(chapter.sections, style, width)
