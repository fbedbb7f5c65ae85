"""APR01."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.open_tools import ruled_tools
from policyctl.lint.quotas import is_uncontrolled
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.model.catalog import Risk


class UncontrolledCriticalTool(Rule):
    """A critical tool is allowed without approval, condition or limit.

    ## Why is this bad?

    A wrong call of such a tool is the worst that can happen on this server, and the policy lets every one through: with any
    arguments, any number of times, and nobody sees it. An instruction hidden in a page or a mail is enough to start it.

    ## What to do instead

    Let a person approve each call (`action: require_approval`), say in `require` which calls are meant, or deny the tool.

    ## How much it weighs

    A limit of `all_tools` counts the tool's calls among all others; where that is all there is, this is a warning. Critical
    tools that a policy with `default: allow` does not mention are a matter of `LOG08`.
    """

    code = "APR01"
    name = "uncontrolled-critical-tool"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-862", "MCP02:2025", "ASI02")
    catalog = '[{"name": "transfer_funds", "category": "Financial", "risk": "Critical"}]'
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer_funds": {}
    ^^^^^^^^^^^^^^^^ critical
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer_funds": {"action": "require_approval", "reason": "A person confirms each transfer."}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for tool, rules in ruled_tools(subject):
            if tool.risk is not Risk.CRITICAL or not is_uncontrolled(rules):
                continue
            is_counted = bool(subject.policy.all_tools_limits)
            notes = ("the limits of all tools count its calls",) if is_counted else ()
            yield Finding(
                tool_pointer(tool.name),
                f"`{tool.name}` is critical, and allowed without approval, condition or limit of its own",
                help="use `action: require_approval`, or say in `require` which calls are meant",
                at_key=True,
                notes=notes,
                severity=Severity.WARNING if is_counted else None,
            )
