"""Tables of calls by verdict."""

from __future__ import annotations

from collections.abc import Iterable

from policyctl.model.decision import Verdict
from policyctl.report.page.parts import Cell, Column
from policyctl.report.simulate.words import ROLES
from policyctl.simulate.result import Counts

_NONE = Cell("·", "quiet")


def verdicts_in(counts: Counts) -> tuple[Verdict, ...]:
    """The verdicts that came up at all: the others need no column."""
    return tuple(verdict for verdict in Verdict if count_of(counts, verdict))


def count_of(counts: Counts, verdict: Verdict) -> int:
    """How many calls had this verdict."""
    match verdict:
        case Verdict.ALLOW:
            return counts.allow
        case Verdict.DENY:
            return counts.deny
        case Verdict.APPROVAL:
            return counts.approval
        case Verdict.UNDETERMINED:
            return counts.undetermined


def columns(verdicts: Iterable[Verdict]) -> tuple[Column, ...]:
    """The total and a column for each verdict."""
    return (Column("calls", number=True), *(Column(verdict.value, number=True) for verdict in verdicts))


def cells(counts: Counts, verdicts: Iterable[Verdict]) -> tuple[Cell, ...]:
    """The fields under `columns`."""
    return (Cell(f"{counts.calls:,}"), *(_cell(counts, verdict) for verdict in verdicts))


def _cell(counts: Counts, verdict: Verdict) -> Cell:
    found = count_of(counts, verdict)
    return Cell(f"{found:,}", ROLES[verdict]) if found else _NONE


def in_words(counts: Counts) -> str:
    """`allow 290 · deny 40`, the verdicts that came up."""
    return " · ".join(f"{verdict.value} {count_of(counts, verdict):,}" for verdict in verdicts_in(counts))
