"""The whole report as a page, in the order in which people should read it."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl import SEMANTICS, __version__
from policyctl.report.number import several
from policyctl.report.page.parts import Cell, Column, Row, Section, Table
from policyctl.report.simulate import tally
from policyctl.report.simulate.coverage import coverage_section
from policyctl.report.simulate.limits import limit_sections
from policyctl.report.simulate.outcomes import outcome_sections
from policyctl.report.simulate.rules import rule_sections
from policyctl.report.simulate.verdicts import verdict_sections
from policyctl.report.simulate.words import short_digest
from policyctl.simulate.result import Input, Simulation, TraceInput

_FILES = 10


def sections(simulation: Simulation) -> Iterator[Section]:
    """Coverage first: no count means anything to a reader who does not know what it is a count of."""
    yield coverage_section(simulation)
    yield from verdict_sections(simulation)
    yield from rule_sections(simulation)
    yield from limit_sections(simulation)
    yield from outcome_sections(simulation)
    yield _inputs(simulation)


def _inputs(simulation: Simulation) -> Section:
    columns = (Column("kind"), Column("file", code=True), Column("sha256", code=True))
    rows = (
        *(_row("policy", policy) for policy in simulation.policies),
        *(_row("catalog", catalog) for catalog in simulation.catalogs),
        *(_row("trace", trace) for trace in simulation.traces),
    )
    table = Table(columns, rows[:_FILES], more=max(0, len(rows) - _FILES))
    return Section("inputs", f"policyctl {__version__}, semantics {SEMANTICS}", (table,))


def _row(kind: str, file: Input | TraceInput) -> Row:
    return Row((Cell(kind), Cell(file.name), Cell(short_digest(file.digest), "quiet")))


def checked(simulation: Simulation) -> str:
    """What was checked, and what came of it, on one line."""
    coverage = simulation.coverage
    parts = (
        f"checked {several(len(simulation.policies), 'policy', 'policies')}",
        several(len(simulation.tools), "tool"),
        several(coverage.calls, "call"),
    )
    return " · ".join((*parts, *filter(None, (tally.in_words(coverage.counts),))))
