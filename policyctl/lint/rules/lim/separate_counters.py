"""LIM06."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from policyctl.cells.windows import implies
from policyctl.diagnostic import Severity
from policyctl.engine.sentences import every
from policyctl.lint.quotas import own_limits
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.twins import twins
from policyctl.lint.wording import listing, measure, total
from policyctl.model.catalog import Category, Tool
from policyctl.model.policy import Limit

_WEIGHTY = frozenset({Category.EXECUTE, Category.DESTRUCTIVE, Category.FINANCIAL})


class SeparateCounters(Rule):
    """Tools that do the same are limited separately, so that their limits add up.

    ## Why is this bad?

    Each limit counts the calls of its own tool, also where two limits have one name. An agent that has used up
    `create_payment` goes on with `create_charge`: what may happen in a window is the sum.

    ## What to do instead

    Leave one of the tools open and deny the others, bound all calls together by a limit of `all_tools`, or divide the
    maximum among them.

    ## Which tools do the same

    Those of one class (Execute, Destructive or Financial) whose names have verbs of one meaning and the same thing:
    `create_order` and `place_order_v2`, `delete_file` and `remove_files`. Among tools that move money a charge, a payment,
    an invoice and a checkout are one thing, a payout, a transfer and a withdrawal another. Both have to be open, with
    limits of equal windows. Where the counters have different names, the finding is a warning: then it may be meant.
    """

    code = "LIM06"
    name = "separate-counters"
    severity = Severity.ERROR
    precision = Precision.MEDIUM
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-799", "ASI02")
    catalog = """[
      {"name": "create_charge", "category": "Financial", "risk": "Critical"},
      {"name": "create_payment_intent", "category": "Financial", "risk": "Critical"}
    ]"""
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_charge": {
      "limits": [{"counter": "charged", "max": 500, "window": "day", "amount_from": "args.amount"}]
    },
    "create_payment_intent": {
      "limits": [{"counter": "charged", "max": 500, "window": "day", "amount_from": "args.amount"}]
                                               ^^^ 1000
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_charge": {
      "limits": [{"counter": "charged", "max": 500, "window": "day", "amount_from": "args.amount"}]
    },
    "create_payment_intent": {
      "action": "deny"
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        if subject.catalog is None:
            return
        weighty = (
            tool for tool in subject.open_tools if tool.category in _WEIGHTY and tool.name in subject.policy.tools
        )
        for group in twins(weighty, subject.catalog):
            for limits in _alike(subject, group):
                if not _are_bound(subject, limits.values()):
                    yield _finding(limits)


def _alike(subject: Subject, group: tuple[Tool, ...]) -> Iterator[dict[str, Limit]]:
    """The tightest limits, by tool, that several of a group have with the same window, subject and kind of measure."""
    found: dict[object, dict[str, Limit]] = defaultdict(dict)
    for tool in group:
        for limit in own_limits(subject.policy.tools[tool.name]):
            mine = found[limit.window, limit.scope, limit.amount_from is None]
            if tool.name not in mine or limit.maximum < mine[tool.name].maximum:
                mine[tool.name] = limit
    return (limits for limits in found.values() if len(limits) > 1)


def _are_bound(subject: Subject, limits: Iterable[Limit]) -> bool:
    """Whether a limit for all tools leaves them together no more than the largest of them."""
    largest = max(limits, key=lambda limit: limit.maximum)
    return any(implies(shared, largest) for shared in subject.policy.all_tools_limits)


def _finding(limits: dict[str, Limit]) -> Finding:
    last = list(limits.values())[-1]
    together = measure(total(limit.maximum for limit in limits.values()), last)
    counters = {limit.counter for limit in limits.values()}
    are_named_alike = len(counters) == 1 and None not in counters
    return Finding(
        f"{last.pointer}/max",
        f"{listing(limits)} do the same with separate counters: together {together} {every(last.window)}",
        help="bound them together in `all_tools`, divide the maximum, or leave only one of them open",
        severity=None if are_named_alike else Severity.WARNING,
    )
