"""Consequences as diagnostics: each at its place in the old list, the new one or the policy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from policyctl.catalog.grading.finding import Finding, Side
from policyctl.catalog.load import SourcesReading
from policyctl.diagnostic import Diagnostic
from policyctl.source.document import Document
from policyctl.source.nearest import nearest_span


@dataclass(frozen=True, slots=True)
class Places:
    """The documents in which findings are to be seen; `policies` are by server."""

    old: SourcesReading
    new: SourcesReading
    policies: Callable[[str], Document]

    def locate(self, finding: Finding) -> Diagnostic:
        """The finding at its place."""
        document = self._document(finding)
        span = nearest_span(document, finding.pointer, key=finding.key)
        return Diagnostic(
            finding.code, finding.severity, finding.message, document.name, span, finding.pointer, finding.help
        )

    def _document(self, finding: Finding) -> Document:
        change = finding.change
        match finding.side:
            case Side.POLICY:
                return self.policies(change.server)
            case Side.OLD:
                assert change.before is not None
                return _of_tool(self.old, change.server, change.before.name)
            case Side.NEW:
                return _of_tool(self.new, change.server, change.tool.name)


def _of_tool(reading: SourcesReading, server: str, tool: str) -> Document:
    """One server on either side is compared whatever it is called."""
    documents = reading.documents.get(server) or next(iter(reading.documents.values()))
    return documents[tool]
