"""LIM03."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policyctl.cells.windows import implies
from policyctl.diagnostic import Fix, Severity
from policyctl.lint.quotas import is_repeated, list_of, own_limits
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import name_of, quota
from policyctl.model.policy import Limit
from policyctl.source.edit import remove

#: A list of more kinds of limits is compared with the first of them alone.
_MOST_KINDS = 60


class UnreachableLimit(Rule):
    """A limit can never be the one that refuses a call.

    ## Why is this bad?

    Another limit that counts the same calls, and perhaps more, is always used up no later. Whoever reads the larger number
    believes that so many calls are possible; whoever raises it changes nothing. Often the number, or the window, is not the
    one that was meant.

    ## What to do instead

    Lower the maximum below what the other limit leaves, or take the limit out.

    ## When one limit follows from another

    Both count per grant or both per session, and both count calls or both add up the same argument. 30 an hour leaves
    no room for 31 a minute, and 10 a minute never come to more than 600 an hour. A limit for all tools counts at least the
    calls that a tool's own limit counts.
    """

    code = "LIM03"
    name = "unreachable-limit"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    refs = ("CWE-561",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "all_tools": {
    "limits": [{"counter": "calls_per_hour", "max": 30, "window": "hour"}]
  },
  "tools": {
    "send_mail": {
      "limits": [
        {"counter": "mails_per_hour", "max": 100, "window": "hour"},
                                             ^^^ `calls_per_hour`
        {"counter": "mails_per_minute", "max": 2, "window": "minute"}
      ]
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "all_tools": {
    "limits": [{"counter": "calls_per_hour", "max": 30, "window": "hour"}]
  },
  "tools": {
    "send_mail": {
      "limits": [
        {"counter": "mails_per_minute", "max": 2, "window": "minute"}
      ]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        shared = _tightest(subject.policy.all_tools_limits)
        yield from _unreachable(subject, subject.policy.all_tools_limits, shared)
        for rules in subject.live_rules:
            own = own_limits(rules)
            yield from _unreachable(subject, own, [*_tightest(own), *shared])


def _tightest(limits: Iterable[Limit]) -> list[Limit]:
    """Of the limits that count the same in the same windows the one with the lowest maximum: the others follow from it."""
    found: dict[object, Limit] = {}
    for limit in limits:
        key = (limit.scope, limit.amount_from, limit.window)
        if key not in found or limit.maximum < found[key].maximum:
            found[key] = limit
    return list(found.values())[:_MOST_KINDS]


def _unreachable(subject: Subject, targets: Iterable[Limit], held: Sequence[Limit]) -> Iterator[Finding]:
    for target in targets:
        limit = next((limit for limit in held if implies(limit, target) and not is_repeated(limit, target)), None)
        if limit is not None:
            yield _finding(subject, target, limit)


def _finding(subject: Subject, target: Limit, limit: Limit) -> Finding:
    whose = " for all tools" if list_of(limit) != list_of(target) and limit in subject.policy.all_tools_limits else ""
    edit = remove(subject.document, target.pointer)
    return Finding(
        f"{target.pointer}/max",
        f"{name_of(target)} never refuses a call, since {name_of(limit)}{whose}, {quota(limit)}, is used up no later",
        help=f"lower it until it can, or remove {name_of(target)}",
        fix=Fix(f"remove {name_of(target)}", (edit,), is_safe=False) if edit else None,
    )
