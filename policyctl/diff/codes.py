"""Every diagnostic about two policies, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from policyctl.diagnostic import Severity
from policyctl.reading.codes import Code

# CWE-862 a check that is missing; MCP02 more scope than is needed, ASI02 tools misused, AML.T0053 tools of an agent invoked.
_OPEN = ("CWE-862", "MCP02", "ASI02", "AML.T0053")

_ALL = (
    Code("DIF01", "wider", "The new policy lets through calls that the old one does not.", Severity.WARNING, _OPEN),
    Code("DIF02", "narrower", "The new policy refuses calls that the old one lets through.", Severity.INFO),
    Code("DIF03", "undetermined", "Whether the new policy lets through more, or less, is not known.", Severity.WARNING),
    Code("DIF04", "visibility", "Agents get to see other tools than before.", Severity.INFO),
)

CODES: Mapping[str, Code] = {entry.code: entry for entry in _ALL}
