"""NUM04."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.engine.sentences import every
from policyctl.lint.bounds import Bound, caps
from policyctl.lint.money import adds_up, is_amount
from policyctl.lint.quotas import own_limits
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import name_of, number_text, product, quota
from policyctl.model.catalog import Category
from policyctl.model.policy import Limit
from policyctl.source.pointer import format_path


class SplitAmounts(Rule):
    """A tool that moves money has a bound on each call, and none on the sum.

    ## Why is this bad?

    Whoever is refused 10,000 can ask for 500 twenty times. A bound on a single call says how much one mistake may cost,
    not how much an agent that is wrong, or is led, can move before somebody looks.

    ## What to do instead

    Add a limit with `amount_from`: it adds the amounts up exactly, and refuses a call whose amount is missing, negative or
    no number.

    ## How much it weighs

    Where the number of the tool's calls is limited there is a sum that they can reach; then this is information, with the
    sum. Limits that all tools share are meant for other things and leave it an error.
    """

    code = "NUM04"
    name = "split-amounts"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-799", "CWE-837", "ASI02")
    catalog = '[{"name": "create_refund", "category": "Financial", "risk": "Critical"}]'
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_refund": {
      "require": [{"conditions": [
        {"path": "args.amount", "op": "gt", "value": 0},
        {"path": "args.amount", "op": "lte", "value": 500}
                                                      ^^^ sum
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
        {"path": "args.amount", "op": "lte", "value": 500}
      ]}],
      "limits": [{"counter": "refunded", "max": 2000, "window": "day", "amount_from": "args.amount"}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            tool = subject.tools.get(rules.name)
            if tool is None or tool.category is not Category.FINANCIAL or not subject.is_open(rules.name):
                continue
            if any(limit.amount_from for limit in subject.policy.limits_of(rules.name)):
                continue
            cap = next((cap for cap in caps(rules) if is_amount(cap.path, tool.category) and adds_up(cap.path)), None)
            if cap is not None:
                yield _finding(cap, next(iter(own_limits(rules)), None), subject.policy.all_tools_limits)


def _finding(cap: Bound, count: Limit | None, shared: tuple[Limit, ...]) -> Finding:
    path = format_path(cap.path)
    if count is not None:
        message = f"`{path}` is bounded per call, and {name_of(count)} lets the sum reach {_sum(cap, count)}"
    else:
        message = f"`{path}` is bounded per call, and nothing bounds the sum of many calls"
    notes = [f"{name_of(limit)} lets {quota(limit)} pass: {_sum(cap, limit)}" for limit in shared if count is None]
    return Finding(
        f"{cap.pointer}/value",
        message,
        help=f"add a limit with `amount_from: {path}`",
        notes=tuple(notes),
        severity=None if count is None else Severity.INFO,
    )


def _sum(cap: Bound, limit: Limit) -> str:
    return f"{number_text(product(cap.number, limit.maximum))} {every(limit.window)}"
