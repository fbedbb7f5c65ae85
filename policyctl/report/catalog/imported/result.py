"""What `policyctl catalog import` did, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policyctl.catalog.drift import Drift
from policyctl.catalog.renew import Renewal
from policyctl.diagnostic import Diagnostic
from policyctl.report.diagnostics.formats import Diagnosed
from policyctl.report.diagnostics.rules import rule_name

#: What became of a file; "printed" is what went to standard output, "empty" a list without a tool, which writes nothing.
Outcome: TypeAlias = Literal["created", "updated", "unchanged", "printed", "empty"]


@dataclass(frozen=True, slots=True)
class ImportedServer:
    """One server's catalog; `drift` is None where there was no catalog before, `file` where it went to standard output."""

    renewal: Renewal
    outcome: Outcome
    file: str | None = None
    drift: Drift | None = None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """All servers, and what is odd about their tools.

    `texts` are for excerpts, and leave out captures; those of files that are `known` surely hold no call.
    """

    servers: tuple[ImportedServer, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    known: frozenset[str]
    digests: Mapping[str, str]

    @property
    def sources(self) -> int:
        """How many files were read."""
        return len(self.digests)

    def diagnosed(self, exit_code: int, last: Sequence[str]) -> Diagnosed:
        """What formats need that know no more than diagnostics; `last` are the last lines of the report."""
        return Diagnosed(
            "policyctl catalog import",
            self.diagnostics,
            tuple(self.digests),
            rule_name,
            last,
            tables=("reading", "catalogs"),
            exit=exit_code,
            texts=self.texts,
            digests=self.digests,
        )

    @property
    def tools(self) -> int:
        """How many tools all servers list together."""
        return sum(server.renewal.listed for server in self.servers)
