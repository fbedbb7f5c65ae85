"""LOG08."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.catalog import Risk


class UnmentionedCriticalTool(Rule):
    """The default lets critical tools pass that the policy does not mention.

    ## Why is this bad?

    `default: allow` is a decision about every tool that nobody has thought of, the next one that the server adds among them.
    Here some of those are the most dangerous that the server has: any call of them is let through.

    ## What to do instead

    Use `default: deny` and list what may be called. Where that is too much at once, give each critical tool an entry of its
    own: a denial, an approval, or conditions.
    """

    code = "LOG08"
    name = "unmentioned-critical-tool"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-276", "CWE-1188", "MCP02:2025", "ASI02")
    catalog = """[
      {"name": "list_projects", "category": "Read", "risk": "Low"},
      {"name": "delete_project", "category": "Destructive", "risk": "Critical"}
    ]"""
    bad = """
{
  "version": "1",
  "default": "allow",
             ^^^^^^^ `delete_project`
  "tools": {
    "list_projects": {"rate_limit": {"max": 60, "window": "hour"}}
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "list_projects": {"rate_limit": {"max": 60, "window": "hour"}}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        critical = (tool.name for tool in subject.open_tools if tool.risk is Risk.CRITICAL)
        unmentioned = [name for name in critical if name not in subject.policy.tools]
        if unmentioned:
            is_one = len(unmentioned) == 1
            yield Finding(
                "/default",
                f"the default lets {listing(unmentioned)} pass, which {'is' if is_one else 'are'} critical",
                help="use `default: deny`, or give each critical tool an entry of its own",
                notes=() if len(unmentioned) <= 4 else (f"all of them: {listing(unmentioned, len(unmentioned))}",),
            )
