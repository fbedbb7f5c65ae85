"""The report of a comparison as one HTML file that loads nothing and needs no script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policyctl import SEMANTICS, __version__
from policyctl.diff.result import Relation
from policyctl.report.diff.page import beside, recorded_calls, remarks, summary
from policyctl.report.diff.result import DiffReport
from policyctl.report.diff.views import changes
from policyctl.report.escape import escape_terminal
from policyctl.report.page.parts import listed
from policyctl.report.web.document import draw, style_of

_HEADLINES = {
    Relation.EQUAL: "Both policies decide every call alike",
    Relation.NARROWER: "The new policy lets less through",
    Relation.WIDER: "The new policy lets more through",
    Relation.INCOMPARABLE: "The new policy lets more through, and less",
    Relation.UNDETERMINED: "Not all differences could be found out",
}
#: What a relation means of one tool, in the order of the figures.
_MEANINGS = {
    Relation.WIDER: "calls pass that did not",
    Relation.INCOMPARABLE: "some pass that did not, some do not that did",
    Relation.NARROWER: "calls do not pass that did",
    Relation.UNDETERMINED: "not found out; the reason stands with each",
    Relation.EQUAL: "every call is decided as before",
}
_WIDTH, _NAMES = 1_000, 8


@dataclass(frozen=True, slots=True)
class Figure:
    """How many tools there are of a relation, and their part of the bar, in units from the left."""

    relation: str
    meaning: str
    count: int
    start: float
    width: float


def render(report: DiffReport) -> str:
    """The whole document; equal reports give equal bytes."""
    diff = report.diff
    return draw(
        __package__,
        "page.html.jinja",
        style=style_of(__package__, ("page.css",)),
        headline=_HEADLINES[diff.relation],
        relation=diff.relation.value,
        old=escape_terminal(diff.old.name),
        new=escape_terminal(diff.new.name),
        summary=summary(report),
        failures=[
            (str(failure.gate), listed([change.name for change in failure.changes], most=_NAMES))
            for failure in report.failures
        ],
        figures=tuple(_figures(report)),
        changes=changes(report),
        has_recorded=report.recorded is not None,
        recorded=tuple(recorded_calls(report)),
        remarks=tuple(remarks(report)),
        sections=tuple(beside(report)),
        shown=escape_terminal,
        version=__version__,
        semantics=SEMANTICS,
    )


def _figures(report: DiffReport) -> Iterator[Figure]:
    """The tools that a policy names, by what became of them."""
    found = [change.relation for change in report.diff.changes]
    total = max(1, report.diff.compared)
    start = 0.0
    for relation, meaning in _MEANINGS.items():
        count = report.diff.compared - len(found) if relation is Relation.EQUAL else found.count(relation)
        width = round(count / total * _WIDTH, 2)
        yield Figure(relation.value, meaning, count, round(start, 2), width)
        start += width
