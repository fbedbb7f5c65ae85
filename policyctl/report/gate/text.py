"""The verdict of a gate for people: what was found, then every analysis on a line, the verdict last."""

from __future__ import annotations

from policyctl.report.diagnostics.summary import framed
from policyctl.report.gate.page import ROLES, Chapter, chapters, verdict
from policyctl.report.gate.result import GateReport
from policyctl.report.page.text import draw
from policyctl.report.style import Style

#: Narrower than this, tables are cut more than they tell.
_NARROWEST = 60


def render(report: GateReport, *, color: bool, width: int) -> str:
    """Frames, the sections of each analysis, the table of all, and the verdict."""
    style, width = Style(color), max(width, _NARROWEST)
    frames = framed(report.lint.diagnostics, report.texts, style)
    sections = [draw(chapter.sections, style, width) for chapter in chapters(report) if _has_no_frames(chapter)]
    last = style.paint(report.summary, ROLES[report.outcome])
    return "\n\n".join((*frames, *sections, draw([verdict(report)], style, width), f"{last}\n"))


def _has_no_frames(chapter: Chapter) -> bool:
    return chapter.title != "findings"
