"""What `policyctl check` proved, ready to be told."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from policyctl.check.result import CheckResult, Outcome, Verdict, counted
from policyctl.diagnostic import Diagnostic
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import several
from policyctl.report.diagnostics.summary import verdict as problems
from policyctl.report.style import Style
from policyctl.source.document import Document


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every file of assertions under every policy; `documents` are those of both, by name.

    With a `revision` the assertions are those that it has; `absent` are files that it does not have. `flawed` are the texts
    of files that have errors, and then nothing was checked; those `of_no_calls` may be shown, since they are no recordings.
    """

    results: tuple[CheckResult, ...]
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document]
    revision: str | None = None
    absent: tuple[str, ...] = ()
    flawed: Mapping[str, str] = field(default_factory=dict)
    of_no_calls: Container[str] = frozenset()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All of them."""
        return tuple(verdict for result in self.results for verdict in result.verdicts)

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """How many verdicts there are of each outcome."""
        return counted(self.verdicts)

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of each file, for excerpts."""
        return {**self.flawed, **{name: document.text for name, document in self.documents.items()}}

    @property
    def known(self) -> Container[str]:
        """Files that surely record no calls, so that any line of them may be shown."""
        return self.of_no_calls if self.flawed else self.documents

    @property
    def policies(self) -> int:
        """How many policies were checked."""
        return len({result.policy.name for result in self.results})

    @property
    def asserted(self) -> int:
        """How many assertions there are."""
        return sum(len(entries) for entries in {r.assertions.name: r.assertions.entries for r in self.results}.values())

    @property
    def tools(self) -> int:
        """How many tools the assertions are about that a policy or a catalog names."""
        named = {
            (result.policy.name, name)
            for result in self.results
            for verdict in result.verdicts
            for name in verdict.meant.tools
        }
        return len(named)

    @property
    def last_line(self) -> str:
        """What was checked."""
        policies = f"{self.policies:,} {'policy' if self.policies == 1 else 'policies'}"
        return f"checked {several(self.asserted, 'assertion')} · {policies} · {several(self.tools, 'tool')}"

    @property
    def summary(self) -> str:
        """`3 hold · 1 fails`, or why nothing was checked."""
        if self.flawed:
            return problems(self.diagnostics, Style(color=False)) + ": nothing was checked"
        said = [f"{number:,} {_verb(outcome, number)}" for outcome, number in self.outcomes.items() if number]
        return " · ".join(said) or "nothing was checked"

    def diagnosed(self, exit_code: int) -> Diagnosed:
        """What formats need that know no more than diagnostics."""
        return Diagnosed(
            "policyctl check",
            self.diagnostics,
            tuple(dict.fromkeys(result.assertions.name for result in self.results)),
            rule_name,
            (self.summary, self.last_line),
            tables=("reading", "check"),
            exit=exit_code,
            texts=self.texts,
            digests={document.name: document.digest for document in self.documents.values()},
        )


def _verb(outcome: Outcome, number: int) -> str:
    words = {
        Outcome.HOLDS: ("holds", "hold"),
        Outcome.FAILS: ("fails", "fail"),
        Outcome.UNDETERMINED: ("is undetermined", "are undetermined"),
        Outcome.CHECKS_NOTHING: ("checks nothing", "check nothing"),
    }
    return words[outcome][number != 1]
