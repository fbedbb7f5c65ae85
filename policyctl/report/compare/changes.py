"""What changes in all, from verdict to verdict, by tool and by class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.model.decision import Verdict
from policyctl.report.compare.words import (
    MEANINGS,
    ROLES,
    STANDINGS,
    change_columns,
    changes_in,
    number_cell,
    standings_in,
)
from policyctl.report.number import several
from policyctl.report.page.parts import Block, Cell, Column, Row, Section, Sentence, Table, say
from policyctl.report.simulate.words import ROLES as VERDICT_ROLES
from policyctl.report.simulate.words import share
from policyctl.simulate.compare.change import Change, Standing
from policyctl.simulate.compare.result import ChangeRow, Changes, Comparison, ToolChanges

_TOOLS = 30


def change_sections(comparison: Comparison) -> Iterator[Section]:
    """Nothing if there was no call."""
    if not comparison.calls:
        return
    yield _changes(comparison)
    yield _matrix(comparison)
    yield from _by_tool(comparison)
    yield from _by("changes by category", "what the tools do, as the catalog says", "category", comparison.classes)
    yield from _by("changes by risk", "what a wrong call can cost, as the catalog says", "risk", comparison.risks)


def _changes(comparison: Comparison) -> Section:
    rows = [row for row in comparison.changes if row.calls]
    standings = standings_in(row.by_standing for row in rows)
    columns = (
        Column("change", rigid=True),
        Column("calls", number=True),
        Column("share", number=True),
        *(Column(STANDINGS[standing], number=True) for standing in standings),
        Column("which means", prose=True),
    )
    table = Table(columns, tuple(_change(row, comparison.calls, standings) for row in rows))
    blocks: tuple[Block, ...] = (table, *_standing(comparison))
    return Section("changes", "what the new policy says otherwise than its base", blocks)


def _change(row: ChangeRow, calls: int, standings: tuple[Standing, ...]) -> Row:
    return Row(
        (
            Cell(row.change.value, ROLES[row.change]),
            Cell(f"{row.calls:,}"),
            Cell(share(row.calls, calls)),
            *(number_cell(row.by_standing[standing]) for standing in standings),
            Cell(MEANINGS[row.change]),
        )
    )


def _standing(comparison: Comparison) -> Iterator[Sentence]:
    if comparison.changed_sessions:
        sessions = several(comparison.changed_sessions, "session")
        total = f"{comparison.new.coverage.sessions:,}"
        yield say(
            f"a verdict changes in {sessions} of {total}: the first change of each is observed; what follows it is "
            "hypothetical, since the agent would have gone on differently",
            role="quiet",
        )
    if any(row.by_standing[Standing.NO_SESSION] for row in comparison.changes):
        yield say("of calls without a session nobody knows which of them follow a change", role="quiet")


def _matrix(comparison: Comparison) -> Section:
    columns = (Column("base ↓ new →"), *(Column(verdict.value, number=True) for verdict in Verdict))
    rows = tuple(
        Row((Cell(old.value, VERDICT_ROLES[old]), *(number_cell(comparison.matrix[old, new]) for new in Verdict)))
        for old in Verdict
    )
    return Section(
        "from verdict to verdict", "calls by what the base says and what the new policy says", (Table(columns, rows),)
    )


def _by_tool(comparison: Comparison) -> Iterator[Section]:
    rows = [row for row in comparison.tools if _differs(row.changes)]
    if not rows:
        return
    kinds = changes_in(*(row.changes for row in rows))
    by_server = len({row.server for row in rows}) > 1
    rated = any(row.risk for row in rows)
    columns = (
        Column("tool", code=True),
        *([Column("server", code=True)] if by_server else []),
        Column("calls", number=True),
        *change_columns(kinds),
        *([Column("risk")] if rated else []),
    )
    shown = tuple(_tool(row, kinds, by_server=by_server, rated=rated) for row in rows[:_TOOLS])
    blocks: list[Block] = [Table(columns, shown, more=max(0, len(rows) - _TOOLS))]
    rest = len(comparison.tools) - len(rows)
    if rest:
        calls = sum(row.new.calls for row in comparison.tools if not _differs(row.changes))
        blocks.append(
            say(
                f"the {several(calls, 'call')} of {several(rest, 'other tool')} {'is' if calls == 1 else 'are'} decided as before"
            )
        )
    yield Section("changes by tool", "how many of the calls change, and in which way", tuple(blocks))


def _differs(changes: Changes) -> bool:
    return any(calls for change, calls in changes.items() if change is not Change.UNCHANGED)


def _tool(row: ToolChanges, kinds: Iterable[Change], *, by_server: bool, rated: bool) -> Row:
    return Row(
        (
            Cell(row.tool),
            *([Cell(row.server or "")] if by_server else []),
            Cell(f"{row.new.calls:,}"),
            *(number_cell(row.changes[kind], kind) for kind in kinds),
            *([Cell(row.risk or "")] if rated else []),
        )
    )


def _by(title: str, meaning: str, column: str, groups: tuple[tuple[str, Changes], ...]) -> Iterator[Section]:
    kinds = changes_in(*(changes for _, changes in groups))
    if not kinds:
        return
    columns = (Column(column), Column("calls", number=True), *change_columns(kinds))
    rows = tuple(
        Row((Cell(name), Cell(f"{sum(changes.values()):,}"), *(number_cell(changes[kind], kind) for kind in kinds)))
        for name, changes in groups
    )
    yield Section(title, meaning, (Table(columns, rows),))
