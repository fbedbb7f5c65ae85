"""Every diagnostic about an assertion, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from policyctl.diagnostic import Severity
from policyctl.reading.codes import Code

_INFO, _WARNING = Severity.INFO, Severity.WARNING

_ALL = (
    Code(
        "AST01", "failed-assertion", "A call shows that an assertion does not hold.", refs=("CWE-862", "MCP02", "ASI02")
    ),
    Code(
        "AST02",
        "undetermined-assertion",
        "It could not be proved that an assertion holds, nor shown that it fails.",
        _WARNING,
    ),
    Code(
        "AST03",
        "idle-assertion",
        "An assertion is about no tool, or about no call, so that it checks nothing.",
        _WARNING,
    ),
    Code(
        "AST04", "unclassed-tool", "An assertion is about a class, and no catalog says whether a tool is of it.", _INFO
    ),
)

CODES: Mapping[str, Code] = {entry.code: entry for entry in _ALL}
