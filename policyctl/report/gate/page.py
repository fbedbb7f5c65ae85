"""The steps of a gate, and under each of them what there is to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policyctl.gate.steps import Analysis, Outcome, Step
from policyctl.report.check.text import sections as assertions
from policyctl.report.compare.page import sections as changes_of_calls
from policyctl.report.diagnostics.markdown import findings_table
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diff.page import sections as differences
from policyctl.report.gate.result import GateReport
from policyctl.report.page.parts import Cell, Column, Row, Section, Table, backticked, say
from policyctl.report.simulate.page import sections as calls
from policyctl.report.style import Role
from policyctl.simulate.compare.change import Change
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.result import Simulation

ROLES: dict[Outcome, Role] = {
    Outcome.FAIL: "error",
    Outcome.UNDETERMINED: "warning",
    Outcome.NOTHING_CHECKED: "warning",
    Outcome.PASS: "good",
    Outcome.SKIPPED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """All about one analysis; `is_news` says that there is more to it than that all is well."""

    step: Step
    title: str
    sections: tuple[Section, ...]
    is_news: bool


def verdict(report: GateReport) -> Section:
    """Every analysis with its outcome and its answer."""
    columns = (Column("outcome", rigid=True), Column("analysis", rigid=True))
    rows = tuple(_row(step) for step in report.steps)
    remarks = (say(*backticked(remark), role="warning") for remark in report.remarks)
    return Section("gate", f"against {report.revision}", (Table(columns, rows, note_title="says"), *remarks))


def _row(step: Step) -> Row:
    role = ROLES[step.outcome]
    said = say(*backticked(step.says))
    return Row(
        (Cell(step.outcome.value, role), Cell(step.analysis.value)),
        said,
        tuple(say(*backticked(why), role=role) for why in step.why),
    )


def chapters(report: GateReport) -> Iterator[Chapter]:
    """Those analyses that have more to show than their answer."""
    of = {step.analysis: step for step in report.steps}
    if report.lint.diagnostics:
        table = findings_table(report.lint.diagnostics, rule_name)
        findings = Section("findings", "of validate and lint", (table,))
        yield _chapter("findings", (findings,), of[Analysis.LINT], of[Analysis.VALIDATE])
    for revised, diff in zip(report.differences, report.diffs, strict=True):
        name = revised.revised.name
        about = (_titled(section, name) for section in differences(diff))
        title = f"what changes in {name}, for every call there can be"
        yield Chapter(of[Analysis.DIFF], title, tuple(about), is_news=True)
    if report.check is not None:
        found = report.check.diagnostics
        failed = [Section("failed assertions", "", (findings_table(found, rule_name),))] if found else []
        yield _chapter("assertions", (*failed, *assertions(report.check)), of[Analysis.CHECK])
    if report.replay is not None:
        yield _replay(of[Analysis.SIMULATE], report.replay.result)


def _replay(step: Step, result: Simulation | Comparison) -> Chapter:
    if isinstance(result, Comparison):
        title, sections = "what changes for recorded calls", tuple(changes_of_calls(result))
        is_news = result.count(Change.UNCHANGED) < result.calls
        return Chapter(step, title, sections, is_news=is_news or step.outcome is not Outcome.PASS)
    return _chapter("recorded calls", tuple(calls(result)), step)


def _chapter(title: str, sections: tuple[Section, ...], step: Step, *others: Step) -> Chapter:
    worst = min((step, *others), key=lambda each: list(Outcome).index(each.outcome))
    return Chapter(worst, title, sections, is_news=worst.outcome is not Outcome.PASS)


def _titled(section: Section, name: str) -> Section:
    return replace(section, title=f"{section.title} of {name}") if section.title == "differences" else section
