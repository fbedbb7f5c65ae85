"""The whole report as a page, in the order in which people should read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl import SEMANTICS, __version__
from policyctl.report.number import several
from policyctl.report.page.parts import Section
from policyctl.report.simulate import tally
from policyctl.report.simulate.coverage import coverage_section
from policyctl.report.simulate.inputs import inputs_section
from policyctl.report.simulate.limits import limit_sections
from policyctl.report.simulate.outcomes import outcome_sections
from policyctl.report.simulate.rules import rule_sections
from policyctl.report.simulate.verdicts import verdict_sections
from policyctl.simulate.result import Input, Simulation, TraceInput


def sections(simulation: Simulation) -> Iterator[Section]:
    """Coverage first: no count means anything to a reader who does not know what it is a count of."""
    yield coverage_section(simulation)
    yield from verdict_sections(simulation)
    yield from rule_sections(simulation)
    yield from limit_sections(simulation)
    yield from outcome_sections(simulation)
    yield _inputs(simulation)


def _inputs(simulation: Simulation) -> Section:
    files: tuple[tuple[str, Sequence[Input | TraceInput]], ...] = (
        ("policy", simulation.policies),
        ("catalog", simulation.catalogs),
        ("trace", simulation.traces),
    )
    return inputs_section(files, f"policyctl {__version__}, semantics {SEMANTICS}")


def checked(simulation: Simulation) -> str:
    """What was checked, and what came of it, on one line."""
    coverage = simulation.coverage
    parts = (
        f"checked {several(len(simulation.policies), 'policy', 'policies')}",
        several(len(simulation.tools), "tool"),
        several(coverage.calls, "call"),
    )
    return " · ".join((*parts, *filter(None, (tally.in_words(coverage.counts),))))
