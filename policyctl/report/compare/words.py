"""How the reports of a comparison put changes into words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policyctl.engine.amount import Amount
from policyctl.report.number import number, several
from policyctl.report.page.parts import Cell, Column
from policyctl.report.style import Role
from policyctl.simulate.compare.change import Change, Standing
from policyctl.simulate.compare.result import Changes, Comparison

#: What a change looks like; letting more through weighs more than stopping more.
ROLES: dict[Change, Role] = {
    Change.NEWLY_ALLOWED: "error",
    Change.APPROVAL_REMOVED: "error",
    Change.NEWLY_DENIED: "warning",
    Change.APPROVAL_ADDED: "info",
    Change.RULE_CHANGED: "info",
    Change.UNDETERMINED: "warning",
    Change.UNCHANGED: "good",
}
MEANINGS: dict[Change, str] = {
    Change.NEWLY_ALLOWED: "was denied, goes through now",
    Change.APPROVAL_REMOVED: "waited for a person, goes through now",
    Change.NEWLY_DENIED: "went through or waited, is refused now",
    Change.APPROVAL_ADDED: "waits for a person now",
    Change.RULE_CHANGED: "the same verdict by another rule",
    Change.UNDETERMINED: "the record says too little",
    Change.UNCHANGED: "the same verdict by the same rule",
}
#: Above a column of a table with many of them.
_SHORT: dict[Change, str] = {
    Change.NEWLY_ALLOWED: "allowed",
    Change.APPROVAL_REMOVED: "−approval",
    Change.NEWLY_DENIED: "denied",
    Change.APPROVAL_ADDED: "+approval",
    Change.RULE_CHANGED: "other rule",
    Change.UNDETERMINED: "unclear",
    Change.UNCHANGED: "as before",
}


def changes_in(*counted: Changes) -> tuple[Change, ...]:
    """The changes that came up in any of these, the unchanged calls left out: the others need no column."""
    return tuple(
        change for change in Change if change is not Change.UNCHANGED and any(changes[change] for changes in counted)
    )


def change_columns(changes: Iterable[Change]) -> tuple[Column, ...]:
    """A column of counts for each change."""
    return tuple(Column(_SHORT[change], number=True) for change in changes)


#: How a standing is called above a column.
STANDINGS: dict[Standing, str] = {
    Standing.OBSERVED: "observed",
    Standing.HYPOTHETICAL: "hypothetical",
    Standing.NO_SESSION: "no session",
}


def standings_in(counted: Iterable[Mapping[Standing, int]]) -> tuple[Standing, ...]:
    """The standings that came up in any of these."""
    found = list(counted)
    return tuple(standing for standing in Standing if any(calls[standing] for calls in found))


def number_cell(calls: int, change: Change | None = None) -> Cell:
    """A count, in the colour of a change; a dot for none."""
    return Cell(f"{calls:,}", None if change is None else ROLES[change]) if calls else Cell("·", "quiet")


def compared(comparison: Comparison) -> str:
    """What was compared and what came of it, on one line."""
    parts = [
        f"compared {several(len(comparison.new.policies), 'policy', 'policies')}",
        several(len(comparison.tools), "tool"),
        several(comparison.calls, "call"),
    ]
    counts = [f"{row.change.value} {row.calls:,}" for row in comparison.changes if row.calls]
    return " · ".join((*parts, *counts))


def arrow(before: str, after: str) -> str:
    """`10 → 5`; only one of them if they are the same."""
    return before if before == after else f"{before} → {after}"


def amount(total: Amount | None) -> str:
    """A sum, or that it is kept back."""
    return "not shown" if total is None else number(total)
