"""Who called what, and what the policy says about it."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.model.decision import Verdict
from policyctl.report.page.parts import Block, Cell, Column, Part, Row, Section, Sentence, Table, counted, say
from policyctl.report.simulate import tally
from policyctl.report.simulate.words import MEANINGS, ROLES, share
from policyctl.simulate.result import Counts, Simulation, ToolRow

_TOOLS, _NAMES = 30, 8
_HIDDEN = "(hidden)"


def verdict_sections(simulation: Simulation) -> Iterator[Section]:
    """In all, by tool, then by what tools do and cost where a catalog says, then by server."""
    if not simulation.coverage.calls:
        return
    verdicts = tally.verdicts_in(simulation.coverage.counts)
    yield _verdicts(simulation.coverage.counts, verdicts)
    yield _by_tool(simulation, verdicts)
    yield from _by("by category", "what the tools do, as the catalog says", "category", simulation.classes, verdicts)
    yield from _by("by risk", "what a wrong call can cost, as the catalog says", "risk", simulation.risks, verdicts)
    if len(simulation.servers) > 1:
        yield from _by("by server", "", "server", simulation.servers, verdicts, code=True)


def _verdicts(counts: Counts, verdicts: tuple[Verdict, ...]) -> Section:
    columns = (Column("verdict"), Column("calls", number=True), Column("share", number=True), Column("which means"))
    rows = tuple(_verdict(verdict, tally.count_of(counts, verdict), counts.calls) for verdict in verdicts)
    return Section("verdicts", "what the policy would have said", (Table(columns, rows),))


def _verdict(verdict: Verdict, found: int, calls: int) -> Row:
    return Row(
        (Cell(verdict.value, ROLES[verdict]), Cell(f"{found:,}"), Cell(share(found, calls)), Cell(MEANINGS[verdict]))
    )


def _by_tool(simulation: Simulation, verdicts: tuple[Verdict, ...]) -> Section:
    rows = simulation.tools
    by_server = len({row.server for row in rows}) > 1
    # The category has a table of its own; both would leave too little room for the names of tools.
    rated = any(row.risk for row in rows)
    columns = (
        Column("tool", code=True),
        *([Column("server", code=True)] if by_server else []),
        *tally.columns(verdicts),
        *([Column("risk")] if rated else []),
    )
    table = Table(
        columns,
        tuple(_row(row, verdicts, by_server=by_server, rated=rated) for row in rows[:_TOOLS]),
        more=max(0, len(rows) - _TOOLS),
    )
    blocks: tuple[Block, ...] = (table, *_unlisted(simulation))
    return Section("by tool", "most calls first", blocks)


def _row(row: ToolRow, verdicts: tuple[Verdict, ...], *, by_server: bool, rated: bool) -> Row:
    return Row(
        (
            Cell(row.tool),
            *([Cell(row.server or "")] if by_server else []),
            *tally.cells(row.counts, verdicts),
            *([Cell(row.risk or "")] if rated else []),
        )
    )


def _unlisted(simulation: Simulation) -> Iterator[Sentence]:
    hidden = {tool for rule in simulation.rules if rule.rule == _HIDDEN for tool in rule.tools}
    strangers = [row for row in simulation.tools if not row.in_policy and row.tool not in hidden]
    if strangers:
        yield say("not in the policy: ", *_calls_of(strangers))
    unknown = [row for row in simulation.tools if row.in_catalog is False]
    if unknown:
        yield say("not in the catalog: ", *_calls_of(unknown))


def _calls_of(rows: list[ToolRow]) -> tuple[Part, ...]:
    return counted([(row.tool, row.counts.calls) for row in rows], most=_NAMES)


def _by(
    title: str,
    meaning: str,
    column: str,
    groups: tuple[tuple[str, Counts], ...],
    verdicts: tuple[Verdict, ...],
    *,
    code: bool = False,
) -> Iterator[Section]:
    if not groups:
        return
    rows = tuple(Row((Cell(name), *tally.cells(counts, verdicts))) for name, counts in groups)
    columns = (Column(column, code=code), *tally.columns(verdicts))
    yield Section(title, meaning, (Table(columns, rows[:_TOOLS], more=max(0, len(rows) - _TOOLS)),))
