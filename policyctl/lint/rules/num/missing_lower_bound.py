"""NUM01."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.bounds import Bound, caps
from policyctl.lint.logic import slips_through
from policyctl.lint.money import is_amount
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.policy import Condition, Op, ToolRules
from policyctl.source.pointer import format_path


class MissingLowerBound(Rule):
    """An amount has an upper bound, and may be negative.

    ## Why is this bad?

    A number below zero is below every upper bound. What a server makes of a negative amount is its own affair: some refuse
    it, some turn a charge into a credit or a sale into a purchase, and a count that is kept elsewhere may shrink by it.
    The policy reads as if it had thought of all amounts, and it has thought of half of them.

    ## What to do instead

    Say where amounts begin: a `require` with `gt 0`, or `gte` with the least that makes sense, beside the upper bound. A
    limit with `amount_from` on the same argument refuses negative amounts as well.

    ## What it looks at

    Whether some call with a number below zero passes all rules of the tool is worked out exactly, and the smallest such
    call is shown. With a catalog the rule is silent where the schema has a `minimum`, an `enum` or a type that leaves no
    negative number, and about tools that only read.
    """

    code = "NUM01"
    name = "missing-lower-bound"
    severity = Severity.ERROR
    refs = ("CWE-839", "CWE-1284", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_refund": {
      "require": [{"conditions": [
        {"path": "args.amount", "op": "lte", "value": 500},
                                      ^^^^^ negative
        {"path": "args.currency", "op": "eq", "value": "eur"}
      ]}]
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_refund": {
      "require": [{"conditions": [
        {"path": "args.amount", "op": "gt", "value": 0},
        {"path": "args.amount", "op": "lte", "value": 500},
        {"path": "args.currency", "op": "eq", "value": "eur"}
      ]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            if subject.is_open(rules.name):
                yield from _negative(subject, rules)


def _negative(subject: Subject, rules: ToolRules) -> Iterator[Finding]:
    tool = subject.tools.get(rules.name)
    first: dict[tuple[str, ...], Bound] = {}
    for cap in caps(rules):
        if is_amount(cap.path, tool.category if tool else None):
            first.setdefault(cap.path, cap)
    for path, cap in first.items():
        args = slips_through(subject, rules, Condition(path, Op.LT, 0))
        if args is not None:
            yield Finding(
                f"{cap.pointer}/op",
                f"`{format_path(path)}` has an upper bound only, so a negative amount passes",
                help=f"add `gt 0` on `{format_path(path)}` to `require`",
                # In front, so that it is seen where a long call is cut.
                notes=(f"this call passes: {call_text({path[0]: args[path[0]], **args})}",),
            )
