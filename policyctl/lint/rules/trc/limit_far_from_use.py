"""TRC05."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject, limits_of
from policyctl.model.trace_facts import LimitFacts

#: Fewer denials are what a limit is for.
MANY = 10
#: So many times the fullest window is out of reach.
TOOTHLESS = 50
#: So many times the maximum was asked for.
CHOKING = 3


class LimitFarFromUse(Rule):
    """A limit is far above or far below what recorded sessions asked of it.

    ## Why is this bad?

    A maximum of a thousand where the fullest hour has six calls stops a runaway agent after a thousand calls. One of ten
    where normal work takes forty stops the work, and people will raise it in a hurry.

    ## What to do instead

    Start from the use that `policyctl simulate` shows: the fullest window and the smallest maximum that would have denied
    nothing, with some room above.

    ## What it cannot see

    A limit whose use is not certain in the recording is passed over, and so is one that fewer than three grants or
    sessions came near.
    """

    code = "TRC05"
    name = "limit-far-from-use"
    severity = Severity.WARNING
    precision = Precision.MEDIUM
    needs = frozenset({Need.TRACES})
    refs = ("CWE-770",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {"rate_limit": {"max": 1000, "window": "hour"}}
                                  ^^^^ 1,000
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {"rate_limit": {"max": 10, "window": "hour"}}
  }
}
"""
    trace = "".join(
        f'{{"tool": "pay", "session": "s{number % 4}", "ts": "2026-03-02T08:{number:02}:00Z", "args": {{}}}}\n'
        for number in range(12)
    )

    def check(self, subject: Subject) -> Iterator[Finding]:
        for limit in limits_of(subject.policy):
            facts = subject.traces.limits.get(limit.pointer) if subject.traces else None
            if facts is None or not facts.is_certain or facts.subjects < 3:
                continue
            said = _said(limit.maximum, facts)
            if said:
                yield Finding(
                    f"{limit.pointer}/max", said, help="set it near the recorded use: `policyctl simulate` shows it"
                )


def _said(maximum: int | float, facts: LimitFacts) -> str | None:
    if facts.peak and maximum > TOOTHLESS * facts.peak:
        return f"the maximum is {maximum:,}, and the fullest recorded window has {facts.peak:,}"
    if facts.denied >= MANY and facts.demand > CHOKING * maximum:
        return f"the maximum is {maximum:,}, and {facts.demand:,} were asked for: it denied {facts.denied:,} calls"
    return None
