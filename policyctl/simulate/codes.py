"""Every diagnostic that a replay can give, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from policyctl.diagnostic import Severity
from policyctl.reading.codes import Code

_WARNING, _INFO = Severity.WARNING, Severity.INFO

_ALL = (
    Code("RPL01", "newly-allowed", "Recorded calls go through that the base policy denies.", _WARNING),
    Code("RPL02", "approval-removed", "Recorded calls go through that wait for a person under the base.", _WARNING),
    Code("RPL03", "newly-denied", "Recorded calls are denied that the base policy does not deny.", _WARNING),
    Code("RPL04", "approval-added", "Recorded calls wait for a person that do not under the base policy.", _INFO),
    Code("RPL05", "rule-changed", "Recorded calls get the verdict of the base policy by another rule.", _INFO),
    Code("TRC00", "unreadable-line", "A line of a trace is no call."),
)

CODES: Mapping[str, Code] = {entry.code: entry for entry in _ALL}
