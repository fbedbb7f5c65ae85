"""Which rule decided, which one does now, and calls that show it."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.model.decision import Verdict
from policyctl.report.compare.words import ROLES, STANDINGS, number_cell, standings_in
from policyctl.report.page.parts import Cell, Code, Column, Part, Row, Section, Table, listed, say
from policyctl.simulate.compare.change import Standing
from policyctl.simulate.compare.pairs import Sample
from policyctl.simulate.compare.result import Comparison, RulePair, RuleSide

_PAIRS, _NAMES = 30, 5
_SAID = {Verdict.ALLOW: "allowed", Verdict.DENY: "denied", Verdict.APPROVAL: "put to a person"}


def rule_sections(comparison: Comparison) -> Iterator[Section]:
    """One section; none if every call is decided by the rule that decided it before."""
    pairs = comparison.rules
    if not pairs:
        return
    by_server = len(comparison.new.policies) > 1
    by_file = len(comparison.new.traces) > 1
    standings = standings_in(pair.by_standing for pair in pairs)
    columns = (
        Column("change", rigid=True),
        *([Column("server", code=True)] if by_server else []),
        Column("tool", code=True),
        Column("calls", number=True),
        *(Column(STANDINGS[standing], number=True) for standing in standings),
    )
    rows = tuple(_row(pair, standings, by_server=by_server, by_file=by_file) for pair in pairs[:_PAIRS])
    table = Table(columns, rows, more=max(0, len(pairs) - _PAIRS), note_title="was, is, and where")
    yield Section("changes by rule", "what decided before, what decides now, and the first calls", (table,))


def _row(pair: RulePair, standings: tuple[Standing, ...], *, by_server: bool, by_file: bool) -> Row:
    cells = (
        Cell(pair.change.value, ROLES[pair.change]),
        *([Cell(pair.server or "")] if by_server else []),
        Cell(pair.tools[0] if len(pair.tools) == 1 else f"{len(pair.tools):,} tools"),
        Cell(f"{pair.calls:,}"),
        *(number_cell(pair.by_standing[standing]) for standing in standings),
    )
    tools = () if len(pair.tools) == 1 else (say("tools: ", *listed(pair.tools, most=_NAMES)),)
    said = (say("was ", *_said(pair.base)), say("now ", *_said(pair.new)))
    return Row(cells, notes=(*said, *tools, say(*_where(pair, by_file=by_file))))


def _said(side: RuleSide) -> Iterator[Part]:
    """`denied by RULE: message`; the rule's name in full, since it is what people search for."""
    if side.verdict is Verdict.UNDETERMINED:
        yield "undetermined because of "
        yield Code(side.cause or "")
        return
    yield _SAID[side.verdict]
    if side.rule:
        yield " by "
        yield Code(side.rule)
        yield f": {side.message}"


def _where(pair: RulePair, *, by_file: bool) -> Iterator[Part]:
    if not by_file:
        yield "line " if len(pair.samples) == 1 else "lines "
    for number, sample in enumerate(pair.samples):
        yield ", " if number else ""
        yield Code(f"{sample.file}:{sample.line}") if by_file else str(sample.line)
        yield _standing(sample)
    rest = pair.calls - len(pair.samples)
    if rest:
        yield f" and {rest:,} more"


def _standing(sample: Sample) -> str:
    return " (hypothetical)" if sample.standing is Standing.HYPOTHETICAL else ""
