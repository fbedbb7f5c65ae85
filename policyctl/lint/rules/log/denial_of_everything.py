"""LOG02."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.logic import deniers, valid_calls
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import predicates_text
from policyctl.model.policy import Predicate, ToolRules


class DenialOfEverything(Rule):
    """Conditions of `deny_if` hold for every call.

    ## Why is this bad?

    The tool is denied whatever it is called with, and the policy reads as if only some calls were. `env neq dev` beside
    `env neq staging` is such a case: any of the two denies, and each value is unequal to one of them.

    ## What to do instead

    Correct the condition. Where the tool is to be denied, say so: `action: deny`, a `deny_if` without conditions, or
    `hide`.

    ## What it looks at

    It is worked out, exactly, over all calls that meet `require`, and with a catalog over those that the tool's schema
    allows. A tool that a person approves is a matter of `APR03`, unless it takes the schema to see it.
    """

    code = "LOG02"
    name = "denial-of-everything"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    refs = ("CWE-571", "CWE-670")
    catalog = """[{"name": "refund", "inputSchema": {
      "type": "object", "properties": {"amount": {"type": "integer", "minimum": 0}}, "required": ["amount"]}}]"""
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "refund": {
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gte", "value": 0}]}]
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ every call that its schema allows
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "refund": {
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gte", "value": 100}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            if not rules.deny_if:
                continue
            denials, what = deniers(rules), "every call"
            if denials and subject.needs_approval(rules.name):
                continue
            if not denials:
                denials, what = _by_schema(subject, rules), "every call that its schema allows"
            if denials:
                beside = " that meets `require`" if rules.require else ""
                yield Finding(
                    denials[-1].pointer,
                    f"{what} of `{rules.name}`{beside} is denied, by {predicates_text(denials)}",
                    help="correct the condition, or deny the tool by `action: deny`",
                )


def _by_schema(subject: Subject, rules: ToolRules) -> tuple[Predicate, ...]:
    valid = valid_calls(subject, rules)
    return deniers(rules, valid) if valid else ()
