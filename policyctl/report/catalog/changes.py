"""Changes of tools as a table: which came, went, were renamed, and what is said otherwise of the others."""

from __future__ import annotations

from policyctl.catalog.drift import Change, Drift, Kind
from policyctl.catalog.grading.words import class_words, difference_words
from policyctl.report.page.parts import Cell, Code, Column, Row, Section, Sentence, Table, say
from policyctl.report.style import Role

_SIGNS: dict[Kind, tuple[str, Role]] = {
    Kind.ADDED: ("+ new", "good"),
    Kind.RENAMED: ("→ renamed", "warning"),
    Kind.CHANGED: ("~ changed", "warning"),
    Kind.REMOVED: ("- gone", "quiet"),
}
_MOST_ROWS, _MOST_DIFFERENCES = 100, 12


def changes_section(drift: Drift, *, servers: bool) -> Section:
    """Every change with its differences; `servers` says whether it has to be told whose each tool is."""
    columns = (Column("change", rigid=True), *((Column("server", code=True),) if servers else ()))
    columns = (*columns, Column("tool", code=True), Column("class"))
    rows = tuple(_row(change, servers=servers) for change in drift.changes[:_MOST_ROWS])
    table = Table(columns, rows, more=max(0, len(drift.changes) - _MOST_ROWS), note_title="what")
    return Section("changes", "what the servers say otherwise now", (table,))


def _row(change: Change, *, servers: bool) -> Row:
    sign, role = _SIGNS[change.kind]
    cells = (Cell(sign, role), *((Cell(change.server),) if servers else ()))
    return Row((*cells, Cell(change.tool.name), Cell(_classes(change))), notes=_notes(change))


def _classes(change: Change) -> str:
    before, after = (
        class_words(category, risk) if category or risk else ""
        for category, risk in zip(change.classes, change.risks, strict=True)
    )
    if change.is_raised or change.is_lowered:
        return f"{before} → {after}"
    return after or before


def _notes(change: Change) -> tuple[Sentence, ...]:
    notes: list[Sentence] = []
    if change.kind is Kind.RENAMED and change.before is not None:
        alike = "the same but for its name" if change.alike == 1 else f"{change.alike:.0%} alike"
        notes.append(say("was ", Code(change.before.name), f", {alike}"))
    shown = change.differences[:_MOST_DIFFERENCES]
    notes += [say(difference_words(difference)) for difference in shown]
    if len(change.differences) > len(shown):
        notes.append(say(f"and {len(change.differences) - len(shown):,} more, which the JSON report lists"))
    return tuple(notes)


def counts(drift: Drift) -> str:
    """`2 new · 1 changed`, or that nothing changed."""
    words = {Kind.ADDED: "new", Kind.REMOVED: "gone"}
    numbers = [(len(drift.of(kind)), words.get(kind, kind.value)) for kind in Kind]
    return " · ".join(f"{number:,} {word}" for number, word in numbers if number) or "no change"
