"""What `policyctl catalog diff` found, ready to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from policyctl.catalog.drift import Drift
from policyctl.catalog.grading.posture import Reach
from policyctl.diagnostic import Diagnostic
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name


@dataclass(frozen=True, slots=True)
class DiffResult:
    """Two sides, the policies that the changes were graded by, and what came of it.

    `reach` says how far agents get with a tool of a server; `texts` are for excerpts, and leave out captures; those of files
    that are `known` surely hold no call.
    """

    old: tuple[Catalog, ...]
    new: tuple[Catalog, ...]
    policies: tuple[Policy, ...]
    drift: Drift
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    known: frozenset[str]
    reach: Callable[[str, str], Reach]

    def diagnosed(self, exit_code: int, last: Sequence[str]) -> Diagnosed:
        """What formats need that know no more than diagnostics; `last` are the last lines of the report."""
        return Diagnosed(
            "policyctl catalog diff",
            self.diagnostics,
            tuple(self.digests),
            rule_name,
            last,
            tables=("catalogs",),
            exit=exit_code,
            texts=self.texts,
            digests=self.digests,
        )

    @property
    def digests(self) -> Mapping[str, str]:
        """The digest of every file, by its name."""
        catalogs = {catalog.name: catalog.digest for catalog in (*self.old, *self.new)}
        return catalogs | {policy.name: policy.digest for policy in self.policies}

    @property
    def has_several_servers(self) -> bool:
        """Whether a change has to say whose it is."""
        return max(len(self.old), len(self.new)) > 1
