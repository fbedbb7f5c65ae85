"""The two ways to simulate, one policy or two, and how each is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from policyctl.replay.routing import Assignment
from policyctl.report.diagnostics.formats import render as render_diagnosed
from policyctl.simulate.labels import Labels
from policyctl.simulate.result import Simulation
from policyctl.simulate.run import Setup

if TYPE_CHECKING:
    from policyctl.cli.basing import Policies
    from policyctl.report.compare.result import ComparisonReport
    from policyctl.simulate.compare.gates import ChangeBounds

FORMATS = ("text", "json", "markdown", "sarif", "github")
_OF_DIAGNOSTICS = ("sarif", "github")


class Shown(Protocol):
    """What came of a run, in whatever format is asked for."""

    @property
    def code(self) -> int:
        """The exit code."""
        ...

    def render(self, form: str, *, color: bool, width: int) -> str:
        """The report; nothing where the decisions stand in its place."""
        ...


@dataclass(frozen=True, slots=True)
class _Replayed:
    result: Simulation

    @property
    def code(self) -> int:
        return self.result.code

    def render(self, form: str, *, color: bool, width: int) -> str:
        match form:
            case "none":
                return ""
            case "json" | "ndjson":
                from policyctl.report.simulate import json

                return json.render(self.result, compact=form == "ndjson")
            case "markdown":
                from policyctl.report.simulate import markdown

                return markdown.render(self.result)
            case "stats":
                from policyctl.report.simulate import stats

                return stats.render(self.result)
            case _ if form in _OF_DIAGNOSTICS:
                from policyctl.report.simulate.diagnosed import diagnosed

                return render_diagnosed(form, diagnosed(self.result))
            case _:
                from policyctl.report.simulate import text

                return text.render(self.result, color=color, width=width)


@dataclass(frozen=True, slots=True)
class _Compared:
    report: ComparisonReport

    @property
    def code(self) -> int:
        return self.report.comparison.code

    def render(self, form: str, *, color: bool, width: int) -> str:
        comparison = self.report.comparison
        match form:
            case "none":
                return ""
            case "json" | "ndjson":
                from policyctl.report.compare import json

                return json.render(comparison, compact=form == "ndjson")
            case "markdown":
                from policyctl.report.compare import markdown

                return markdown.render(comparison)
            case "stats":
                from policyctl.report.compare import stats

                return stats.render(comparison)
            case _ if form in _OF_DIAGNOSTICS:
                return render_diagnosed(form, self.report.diagnosed())
            case _:
                from policyctl.report.compare import text

                return text.render(comparison, color=color, width=width)


def replayed(setup: Setup, labels: Labels | None, outs: Sequence[BinaryIO], *, show_args: bool) -> Shown:
    """The calls under one side's policies; decisions go to `outs`."""
    from policyctl.report.simulate.decisions import DecisionLines
    from policyctl.simulate.run import simulate

    lines = [DecisionLines(out, show_args=show_args) for out in outs]
    return _Replayed(simulate(setup, labels=labels, watchers=lines))


def compared(
    setup: Setup,
    base: tuple[Assignment, ...],
    bounds: ChangeBounds,
    amounts: tuple[tuple[str, ...], ...],
    labels: Labels | None,
    outs: Sequence[BinaryIO],
    policies: Policies,
    *,
    show_args: bool,
) -> Shown:
    """The calls under both sides' policies; decisions go to `outs`."""
    from policyctl.report.compare.decisions import PairLines
    from policyctl.report.compare.result import ComparisonReport
    from policyctl.simulate.compare.run import Against, compare

    against = Against(base, bounds, amounts, show_args=show_args)
    lines = [PairLines(out, show_args=show_args) for out in outs]
    return _Compared(ComparisonReport(compare(setup, against, labels=labels, watchers=lines), policies.documents))
