"""APR03."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.logic import deniers
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.lint.wording import predicates_text


class UnreachableApproval(Rule):
    """An approval is never asked for, since every call is denied before.

    ## Why is this bad?

    `require` and `deny_if` come before a person is asked. If they leave no call, the tool is denied whatever its `action`
    says, and whoever counts on the approval waits in vain.

    ## What to do instead

    Leave room between what is required and what is denied: a call that a person is to decide has to pass both.

    ## What it looks at

    It is worked out over all calls, exactly. Conditions of `require` that contradict each other are a matter of
    `LOG01`, rules of hidden tools one of `LOG04`.
    """

    code = "APR03"
    name = "unreachable-approval"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    refs = ("CWE-561", "CWE-670")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "action": "require_approval",
                ^^^^^^^^^^^^^^^^^^ every call is denied before
      "require": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 1000}]}],
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 500}]}]
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "action": "require_approval",
      "require": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 1000}]}],
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 5000}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.policy.tools.values():
            if not subject.needs_approval(rules.name) or subject.is_hidden(rules.name):
                continue
            denials = deniers(rules)
            if denials:
                yield Finding(
                    f"{tool_pointer(rules.name)}/action",
                    f"every call is denied before a person is asked, by {predicates_text(denials)}",
                    help="let what is required and what is denied leave the calls that a person is to decide",
                )
