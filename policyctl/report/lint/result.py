"""What `policyctl lint` found, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyctl.diagnostic import Diagnostic
from policyctl.lint.listed import Check
from policyctl.lint.run import Crash
from policyctl.lint.suppress.entry import Accepted
from policyctl.reading.check import CheckedPolicy
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import checked, several, verdict
from policyctl.report.style import Style


@dataclass(frozen=True, slots=True)
class LintedPolicy:
    """One file: as `validate` sees it, and what the rules found where it is valid; `mended` is what was fixed in it."""

    checked: CheckedPolicy
    found: tuple[Diagnostic, ...] = ()
    crashes: tuple[Crash, ...] = ()
    mended: tuple[Diagnostic, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the file."""
        return (*self.checked.diagnostics, *self.found)


@dataclass(frozen=True, slots=True)
class LintResult:
    """The files in the order in which they were named, and everything found in the order of every report.

    `accepted` findings are suppressed. `ran` counts the rules, `skipped` lack a catalog or traces.
    """

    policies: tuple[LintedPolicy, ...]
    texts: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]
    accepted: tuple[Accepted, ...] = ()
    ran: int = 0
    skipped: tuple[Check, ...] = ()

    @property
    def crashes(self) -> tuple[Crash, ...]:
        """The rules that failed."""
        return tuple(crash for policy in self.policies for crash in policy.crashes)

    @property
    def mended(self) -> tuple[Diagnostic, ...]:
        """What was fixed."""
        return tuple(diagnostic for policy in self.policies for diagnostic in policy.mended)

    @property
    def fixable(self) -> int:
        """How many findings `--fix` would mend."""
        return sum(found.fix is not None and found.fix.is_safe for found in self.diagnostics)

    @property
    def tools(self) -> int:
        """How many tools all files name together."""
        return sum(policy.checked.tools or 0 for policy in self.policies)

    @property
    def last_line(self) -> str:
        """What was checked."""
        return f"{checked(len(self.policies), self.tools)} · {several(self.ran, 'rule')}"

    def diagnosed(self, exit_code: int) -> Diagnosed:
        """What formats need that know no more than diagnostics."""
        return Diagnosed(
            "policyctl lint",
            self.diagnostics,
            tuple(policy.checked.name for policy in self.policies),
            rule_name,
            (verdict(self.diagnostics, Style(color=False)), self.last_line),
            tables=("reading", "lint"),
            exit=exit_code,
            texts=self.texts,
            digests={policy.checked.name: policy.checked.digest for policy in self.policies},
            accepted=[(each.found, each.entry.reason or "") for each in self.accepted],
        )
