"""LOG07."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import EVERYTHING, Subject
from policyctl.model.policy import Default
from policyctl.source.pointer import join


class AllowsNothing(Rule):
    """The policy lets no call of any tool through.

    ## Why is this bad?

    An agent under it can do nothing on this server. If that is meant, taking the server away says it better, and the
    agent is not tempted to find another way; if not, the list of tools was forgotten, or a star hides more than it
    should.

    ## What to do instead

    Name the tools that may be called, or take the star out of `hide`.
    """

    code = "LOG07"
    name = "allows-nothing"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    refs = ("CWE-1164",)
    bad = """
{
  "version": "1",
  "default": "deny",
             ^^^^^^ no tool
  "tools": {
    "create_charge": {"action": "deny", "reason": "Charges are made in the portal."}
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "list_charges": {},
    "create_charge": {"action": "deny", "reason": "Charges are made in the portal."}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        if EVERYTHING in subject.hidden:
            yield Finding(
                join("hide", subject.policy.hide.index(EVERYTHING)),
                "the star hides every tool, so that no call is let through",
                help="hide tools by their names",
            )
        elif subject.policy.default is Default.DENY and not subject.live_rules:
            yield Finding(
                "/default",
                "what is not listed is denied, and no tool that is listed may be called",
                help="list the tools that may be called",
            )
