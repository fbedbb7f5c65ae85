"""APR02."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.model.catalog import Category, Risk


class ApprovalOfReading(Rule):
    """A person has to approve calls of a tool that only reads and risks little.

    ## Why is this bad?

    People who are asked often stop looking: after the tenth question about a list of files the eleventh is answered
    without being read, whatever it is about. Approvals protect as long as they are few.

    ## What to do instead

    Let the tool be called within conditions and a limit, and keep approvals for what cannot be undone.

    ## What it looks at

    Tools of class Read and risk Low that the catalog does not mark as a source of private data or credentials.
    `policyctl simulate` tells how often a person would have been asked.
    """

    code = "APR02"
    name = "approval-of-reading"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    refs = ("ASI09",)
    catalog = '[{"name": "list_files", "category": "Read", "risk": "Low"}]'
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "list_files": {"action": "require_approval", "reason": "Look first."}
                             ^^^^^^^^^^^^^^^^^^ only reads
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "list_files": {"rate_limit": {"max": 60, "window": "hour"}}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for tool in subject.tools.values():
            is_mild = tool.category is Category.READ and tool.risk is Risk.LOW and not tool.tags
            if is_mild and subject.needs_approval(tool.name) and not subject.is_shut(tool.name):
                yield Finding(
                    f"{tool_pointer(tool.name)}/action",
                    f"`{tool.name}` only reads and risks little, and a person has to approve each call",
                    help="use conditions and a limit, and keep approvals for what cannot be undone",
                )
