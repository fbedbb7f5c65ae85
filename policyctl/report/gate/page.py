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
from policyctl.simulate.compare.result import Comparison

ROLES: dict[Outcome, Role] = {
    Outcome.FAIL: "error",
    Outcome.UNDETERMINED: "warning",
    Outcome.NOTHING_CHECKED: "warning",
    Outcome.PASS: "good",
    Outcome.SKIPPED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """All about one analysis."""

    step: Step
    title: str
    sections: tuple[Section, ...]


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
        yield Chapter(of[Analysis.LINT], "findings", (Section("findings", "of validate and lint", (table,)),))
    for revised, diff in zip(report.differences, report.diffs, strict=True):
        name = revised.revised.name
        about = (_titled(section, name) for section in differences(diff))
        yield Chapter(of[Analysis.DIFF], f"what changes in {name}, for every call there can be", tuple(about))
    if report.check is not None:
        found = report.check.diagnostics
        failed = [Section("failed assertions", "", (findings_table(found, rule_name),))] if found else []
        yield Chapter(of[Analysis.CHECK], "assertions", (*failed, *assertions(report.check)))
    if report.replay is not None:
        result = report.replay.result
        shown = changes_of_calls(result) if isinstance(result, Comparison) else calls(result)
        title = "what changes for recorded calls" if isinstance(result, Comparison) else "recorded calls"
        yield Chapter(of[Analysis.SIMULATE], title, tuple(shown))


def _titled(section: Section, name: str) -> Section:
    return replace(section, title=f"{section.title} of {name}") if section.title == "differences" else section
