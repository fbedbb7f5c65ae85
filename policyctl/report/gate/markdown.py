"""The verdict of a gate as the comment of a pull request: the answer first, everything else folded below it."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl import SEMANTICS, __version__
from policyctl.gate.steps import Outcome
from policyctl.report.escape import disarm_commands, escape_markdown
from policyctl.report.gate.page import Chapter, chapters, verdict
from policyctl.report.gate.result import GateReport
from policyctl.report.page.markdown import draw

#: Who posts the report finds the comment of the last run by this, and edits it.
MARKER = "<!-- policyctl gate -->"
#: GitHub takes comments of 65,536 characters.
LONGEST = 60_000


def render(report: GateReport) -> str:
    """One heading with the verdict, the table of the analyses, and a fold for each that has more to show."""
    head = f"{MARKER}\n## policyctl gate: {escape_markdown(report.outcome.value)}\n\n{_table(report)}"
    foot = f"_policyctl {__version__}, semantics {SEMANTICS}_"
    room = LONGEST - len(head) - len(foot)
    return disarm_commands("\n\n".join((head, *_folds(report, room), foot)) + "\n")


def _table(report: GateReport) -> str:
    # The title is the heading already.
    return draw([verdict(report)]).partition("\n\n")[2]


def _folds(report: GateReport, room: int) -> Iterator[str]:
    left_out: list[str] = []
    for chapter in chapters(report):
        fold = _fold(chapter)
        if len(fold) > room:
            left_out.append(chapter.title)
        else:
            room -= len(fold) + 2
            yield fold
    if left_out:
        titles = escape_markdown(", ".join(left_out))
        yield f"Left out, since a comment has an end: {titles}. The JSON report has all of it."


def _fold(chapter: Chapter) -> str:
    is_open = " open" if chapter.step.outcome in {Outcome.FAIL, Outcome.UNDETERMINED} else ""
    title = escape_markdown(f"{chapter.step.analysis}: {chapter.title}")
    return f"<details{is_open}>\n<summary>{title}</summary>\n\n{draw(chapter.sections)}\n\n</details>"
