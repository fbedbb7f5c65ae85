"""What a gate found, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from policyctl.diagnostic import Diagnostic
from policyctl.diff.gates import Gate
from policyctl.gate.revised import Difference, Revised
from policyctl.gate.steps import Outcome, Step, exit_code, overall
from policyctl.report.check.result import CheckReport
from policyctl.report.compare.result import ComparisonReport
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diff.findings import diagnosed as of_difference
from policyctl.report.diff.result import DiffReport
from policyctl.report.lint.result import LintResult
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.result import Simulation
from policyctl.source.document import Document


@dataclass(frozen=True, slots=True)
class Replayed:
    """Recorded calls under the policies of the change, beside those of the base if these are others."""

    result: Simulation | Comparison
    documents: Mapping[str, Document] = field(default_factory=dict)

    @property
    def compared(self) -> ComparisonReport | None:
        """The comparison with the places of its findings, if it is one."""
        return ComparisonReport(self.result, self.documents) if isinstance(self.result, Comparison) else None


@dataclass(frozen=True, slots=True)
class GateReport:
    """A change held against the revision that it is to be merged into.

    `remarks` tell what else in the change bears on how it is judged, with the words of the user in backticks.
    """

    revision: str
    steps: tuple[Step, ...]
    lint: LintResult
    policies: tuple[Revised, ...]
    differences: tuple[Difference, ...] = ()
    gates: tuple[Gate, ...] = ()
    check: CheckReport | None = None
    replay: Replayed | None = None
    remarks: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The one verdict."""
        return overall(self.steps)

    @property
    def code(self) -> int:
        """The exit code; a rule that crashes is told by the command."""
        return exit_code(self.outcome)

    @property
    def diffs(self) -> tuple[DiffReport, ...]:
        """Each comparison as `policyctl diff` reports it."""
        return tuple(
            DiffReport(
                diff=each.diff,
                documents=each.documents,
                code=1 if each.failures else 4 if each.is_open else 0,
                gates=self.gates,
                failures=each.failures,
                rewordings=each.rewordings,
                catalog=each.revised.catalog,
            )
            for each in self.differences
        )

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What every analysis found, in the order of every report."""
        found = [*self.lint.diagnostics]
        for diff in self.diffs:
            found += of_difference(diff).diagnostics
        if self.check is not None:
            found += self.check.diagnostics
        if self.replay is not None and self.replay.compared is not None:
            found += self.replay.compared.diagnosed().diagnostics
        return tuple(sorted(dict.fromkeys(found), key=lambda each: each.sort_key))

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of each file, for excerpts."""
        texts = dict(self.lint.texts)
        if self.check is not None:
            texts = {**self.check.texts, **texts}
        return texts

    @property
    def summary(self) -> str:
        """The verdict, and which analyses ask for it."""
        asked = [step.analysis for step in self.steps if step.outcome is self.outcome]
        if self.outcome is Outcome.PASS:
            return f"pass: {', '.join(asked)}"
        return f"{self.outcome}: {', '.join(asked)}"

    def diagnosed(self) -> Diagnosed:
        """What formats need that know no more than diagnostics."""
        lint = self.lint.diagnosed(self.code)
        return Diagnosed(
            "policyctl gate",
            self.diagnostics,
            lint.files,
            rule_name,
            (self.summary,),
            tables=("reading", "lint", "diff", "check", "replay"),
            exit=self.code,
            texts=self.texts,
            digests=lint.digests,
            accepted=lint.accepted,
        )
