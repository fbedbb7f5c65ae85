"""What `policyctl validate` found, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policyctl.diagnostic import Diagnostic
from policyctl.reading.check import CheckedPolicy
from policyctl.reading.dialect import Dialect
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import checked, verdict
from policyctl.report.style import Style


@dataclass(frozen=True, slots=True)
class ValidateResult:
    """The files in the order in which they were named."""

    policies: tuple[CheckedPolicy, ...]
    dialect: Dialect

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything found, in the order of every report."""
        found = (diagnostic for policy in self.policies for diagnostic in policy.diagnostics)
        return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))

    @property
    def texts(self) -> Mapping[str, str]:
        """The text of each file, for excerpts."""
        return {policy.name: policy.text for policy in self.policies}

    @property
    def tools(self) -> int:
        """How many tools all files name together."""
        return sum(policy.tools or 0 for policy in self.policies)

    @property
    def last_line(self) -> str:
        """What was checked."""
        return f"{checked(len(self.policies), self.tools)}"

    def diagnosed(self, exit_code: int) -> Diagnosed:
        """What formats need that know no more than diagnostics."""
        return Diagnosed(
            "policyctl validate",
            self.diagnostics,
            tuple(policy.name for policy in self.policies),
            rule_name,
            (verdict(self.diagnostics, Style(color=False)), self.last_line),
            exit=exit_code,
            texts=self.texts,
            digests={policy.name: policy.digest for policy in self.policies},
        )
