"""APR07."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.model.policy import Action


class UnexplainedApproval(Rule):
    """A person is asked to approve, and not told what to look at.

    ## Why is this bad?

    Whoever approves sees a call and a sentence. Without a `reason` the sentence is the engine's own, the same for every
    tool: that an approval is needed. What makes the call risky, and which argument decides, has to be guessed each time.

    ## What to do instead

    Write a `reason` that names what to check: the recipient, the amount, the files that leave the machine.
    """

    code = "APR07"
    name = "unexplained-approval"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    refs = ("ASI09",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "withdraw": {"action": "require_approval"}
                           ^^^^^^^^^^^^^^^^^^ reason
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "withdraw": {"action": "require_approval", "reason": "Check the address and the amount."}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            if rules.action is Action.REQUIRE_APPROVAL and not (rules.reason or "").strip():
                yield Finding(
                    f"{tool_pointer(rules.name)}/action",
                    f"who approves a call of `{rules.name}` is given no reason",
                    help="add a `reason` that says what to check",
                )
