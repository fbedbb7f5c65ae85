"""REF01."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.likeness import meant, same_but_for_spelling
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.model.policy import Action


class UnlistedTool(Rule):
    """Rules stand below a name that none of the server's tools has.

    ## Why is this bad?

    Names are exact. The rules are never looked at, and the tool that was meant is decided by the default: denied where that
    is deny, and let through with no rule at all where it is allow.

    ## What to do instead

    Take the name from the catalog. If the server has renamed or dropped the tool, remove the rules or move them; if the
    catalog is old, renew it with `policyctl catalog import`.
    """

    code = "REF01"
    name = "unlisted-tool"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-561", "MCP09:2025")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_refunds": {"rate_limit": {"max": 5, "window": "hour"}}
    ^^^^^^^^^^^^^^^^ no tool `create_refunds`
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_refund": {"rate_limit": {"max": 5, "window": "hour"}}
  }
}
"""
    catalog = """[{"name": "create_refund"}, {"name": "list_refunds"}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.policy.tools.values():
            if rules.name in subject.tools or rules.action is Action.DENY or subject.is_hidden(rules.name):
                continue
            if same_but_for_spelling(rules.name, subject.tools):
                continue  # REF04 says it better
            near = meant(rules.name, subject.tools)
            yield Finding(
                tool_pointer(rules.name),
                f"the server has no tool `{rules.name}`, so nothing below it is ever looked at",
                help=f"did you mean `{near}`?"
                if near
                else "remove it, or renew the catalog: `policyctl catalog import`",
                at_key=True,
            )
