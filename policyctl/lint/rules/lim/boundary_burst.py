"""LIM05."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.open_tools import ruled_tools
from policyctl.lint.quotas import own_limits
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import measure, name_of, product
from policyctl.model.catalog import Risk
from policyctl.model.policy import Limit

_HOUR = 3_600


class BoundaryBurst(Rule):
    """Twice the maximum of a critical tool can pass within moments.

    ## Why is this bad?

    Windows start on the full minute or hour, or at midnight, in UTC. What is left of one window and all of the next can be
    used right after each other: a limit of 30 an hour lets 60 calls pass between 9:59 and 10:01. Over a day that makes no
    difference; where one call can do great harm, the short burst is what matters.

    ## What to do instead

    Add a second limit with a shorter window, which spreads the calls, or halve the maximum.

    ## How much it weighs

    It is said of critical tools whose shortest window is an hour or longer. `policyctl simulate` shows whether recorded
    calls came in such bursts.
    """

    code = "LIM05"
    name = "boundary-burst"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-799", "ASI08")
    catalog = '[{"name": "delete_project", "category": "Destructive", "risk": "Critical"}]'
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_project": {
      "limits": [{"counter": "deleted", "max": 30, "window": "hour"}]
                                               ^^ 60 calls
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_project": {
      "limits": [
        {"counter": "deleted", "max": 30, "window": "hour"},
        {"counter": "deleted_at_once", "max": 2, "window": "minute"}
      ]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for tool, rules in ruled_tools(subject):
            if tool.risk is not Risk.CRITICAL:
                continue
            limits = subject.policy.limits_of(tool.name)
            tightest = _tightest(limits)
            if (
                tightest is not None
                and tightest in own_limits(rules)
                and all(limit.window >= _HOUR for limit in limits)
            ):
                yield _finding(tightest)


def _tightest(limits: tuple[Limit, ...]) -> Limit | None:
    """The limit that bounds what can pass at once: of those that count calls if there are any, the one with the lowest maximum.

    All windows begin together at some instant, so that twice its maximum passes around that.
    """
    calls = [limit for limit in limits if limit.amount_from is None]
    return min(calls or limits, key=lambda limit: limit.maximum, default=None)


def _finding(limit: Limit) -> Finding:
    return Finding(
        f"{limit.pointer}/max",
        f"{name_of(limit)} lets {measure(product(limit.maximum, 2), limit)} pass within moments, where one window ends and the next begins",
        help="add a limit with a shorter window, or halve the maximum",
    )
