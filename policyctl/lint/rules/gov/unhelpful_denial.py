"""GOV03."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.model.catalog import Category
from policyctl.model.policy import Op, Predicate

_BOUNDS = frozenset({Op.LT, Op.LTE, Op.GT, Op.GTE})
#: Smaller numbers in a message are often about something else: two people, three days.
_TELLING = 10


class UnhelpfulDenial(Rule):
    """The denial of a grave call says nothing, or tells an agent how to stay below the threshold.

    ## Why is this bad?

    Without a message an agent tries again with other arguments, since nothing says that it should not. With the exact amount
    it learns to split: two payments of 499 pass where one of 998 does not.

    ## What to do instead

    Say what to do: whom to ask, or that the task ends here. Leave the number of money to the policy.

    ## What it looks at

    Conditions for tools of class Financial or Destructive; numbers in messages only for Financial ones.
    """

    code = "GOV03"
    name = "unhelpful-denial"
    severity = Severity.INFO
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-209", "ASI02")
    bad = """
version: "1"
default: deny
tools:
  pay:
    deny_if:
      - conditions: [{path: args.amount, op: gt, value: 499}]
        on_deny: The most is 499 at a time.
                             ^^^ 499
"""
    good = """
version: "1"
default: deny
tools:
  pay:
    deny_if:
      - conditions: [{path: args.amount, op: gt, value: 499}]
        on_deny: Ask the accounts team to pay this.
"""
    catalog = """[{"name": "pay", "category": "Financial", "risk": "Critical"}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            tool = subject.tools.get(rules.name)
            if tool is None or tool.category not in {Category.FINANCIAL, Category.DESTRUCTIVE}:
                continue
            predicates = (*rules.require, *rules.deny_if)
            messages = [each.on_deny for each in predicates] + [limit.on_deny for limit in rules.limits]
            if predicates and not any(messages):
                yield Finding(
                    predicates[0].pointer,
                    f"no denial of `{rules.name}` has a message, so an agent does not learn what to do instead",
                    help="say in `on_deny` what to do, such as whom to ask",
                )
            for predicate in predicates if tool.category is Category.FINANCIAL else ():
                number, part = _revealed(predicate)
                if part:
                    yield Finding(
                        f"{predicate.pointer}/on_deny",
                        f"the message gives away the threshold of `{rules.name}`, {number}",
                        help="say whom to ask, and leave the number to the policy",
                        part=part,
                    )


def _revealed(predicate: Predicate) -> tuple[str, range | None]:
    """The number of a bound that the message names, and where."""
    for condition in predicate.conditions:
        value = condition.value
        if condition.op in _BOUNDS and isinstance(value, int | float) and value >= _TELLING:
            spelt = rf"(?<![\d.,])(?:{re.escape(str(value))}|{re.escape(f'{value:,}')})(?:\.0+)?(?!\d|[.,]\d)"
            found = re.search(spelt, predicate.on_deny or "")
            if found:
                return found[0], range(found.start(), found.end())
    return "", None
