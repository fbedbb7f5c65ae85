"""LIM04."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.engine.sentences import every
from policyctl.lint.names import words
from policyctl.lint.quotas import is_repeated, list_of
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import quota
from policyctl.model.policy import Limit, Scope

_UNITS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
_UNITS |= {f"{unit}s": seconds for unit, seconds in _UNITS.items()}
_ADVERBS = {"minutely": 60, "hourly": 3_600, "daily": 86_400, "weekly": 604_800}


class MisleadingCounter(Rule):
    """The name of a counter says something else than its limit does.

    ## Why is this bad?

    A name only shows up in logs: it decides nothing. A counter called `refunds_per_hour` with a window of a day
    allows a day's worth, whatever it is called. Two limits that share a name do not share a count: what looks like one
    budget is two. And within one tool the log tells them apart by a number alone.

    ## What to do instead

    Name each counter after what it counts and how long, and each by a name of its own. What several tools are to
    share is a limit of `all_tools`.

    ## How much it weighs

    Equal names under different tools are information: each tool's log lines carry the tool's name as well.
    """

    code = "LIM04"
    name = "misleading-counter"
    severity = Severity.WARNING
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_refund": {
      "limits": [
        {"counter": "refunds_per_minute", "max": 2, "window": "minute"},
        {"counter": "refunds_per_hour", "max": 6, "window": "day"}
                    ^^^^^^^^^^^^^^^^^^ a day
      ]
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
      "limits": [
        {"counter": "refunds_per_minute", "max": 2, "window": "minute"},
        {"counter": "refunds_per_day", "max": 6, "window": "day"}
      ]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        known: dict[str, Limit] = {}
        told: set[str] = set()
        for limit in _live(subject):
            name = limit.counter or ""
            yield from _contradiction(limit)
            first = known.setdefault(name, limit)
            if is_repeated(first, limit):
                continue
            is_near = list_of(first) == list_of(limit)
            if is_near or name not in told:
                yield _namesake(first, limit, is_near=is_near)
            told.add(name)


def _live(subject: Subject) -> Iterator[Limit]:
    """Limits that count something."""
    yield from subject.policy.all_tools_limits
    for rules in subject.live_rules:
        yield from rules.limits


def _namesake(first: Limit, limit: Limit, *, is_near: bool) -> Finding:
    return Finding(
        f"{limit.pointer}/counter",
        f"`{limit.counter}` is the name of another limit as well, with a count of its own",
        help="give each limit a name of its own",
        notes=(f"the other one is at {first.pointer}: {quota(first)}",),
        severity=None if is_near else Severity.INFO,
    )


def _contradiction(limit: Limit) -> Iterator[Finding]:
    named = words(limit.counter or "")
    seconds = _window_in(named)
    if seconds is not None and seconds != limit.window:
        says, does = every(seconds), every(limit.window)
    elif named[-2:] == ("per", "session") and limit.scope is Scope.GRANT:
        says, does = "per session", "per grant"
    else:
        return
    yield Finding(
        f"{limit.pointer}/counter",
        f"`{limit.counter}` counts {does}, and its name says {says}",
        help="correct the name, or the limit",
    )


def _window_in(named: tuple[str, ...]) -> int | None:
    """The seconds that a name speaks of: `per_hour`, `per_10_minutes`, `daily`; None for none and for more than one."""
    found = [_ADVERBS[word] for word in named if word in _ADVERBS]
    for index, word in enumerate(named[:-1]):
        count, unit = (named[index + 1], named[index + 2 : index + 3]) if word == "per" else ("", ())
        if count in _UNITS:
            found.append(_UNITS[count])
        elif count.isdecimal() and unit and unit[0] in _UNITS:
            found.append(int(count) * _UNITS[unit[0]])
    return found[0] if len(found) == 1 else None
