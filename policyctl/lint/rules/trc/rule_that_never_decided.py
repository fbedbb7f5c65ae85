"""TRC01."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.model.policy import ToolRules

#: Fewer calls of a tool are no evidence.
ENOUGH = 20


class RuleThatNeverDecided(Rule):
    """A rule decided none of many recorded calls of its tool.

    ## Why is this bad?

    It may be a rule that waits for its case, as most should. It may also be one that cannot fire: a path that is never
    there, a pattern that never matches. The recording does not tell the two apart, but it shows where to look.

    ## What to do instead

    Try a call that the rule is meant for with `policyctl explain --call`. If it decides that one, all is well.

    ## What it cannot see

    A tool with fewer than 20 decided calls is passed over, and so is a limit, which has its own table in
    `policyctl simulate`.
    """

    code = "TRC01"
    name = "rule-that-never-decided"
    severity = Severity.INFO
    precision = Precision.MEDIUM
    needs = frozenset({Need.TRACES})
    refs = ("CWE-561",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {
      "deny_if": [
        {"conditions": [{"path": "args.ammount", "op": "gt", "value": 100}]}
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ none of 20 recorded calls
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
    "pay": {
      "deny_if": [
        {"conditions": [{"path": "args.amount", "op": "gt", "value": 100}]}
      ]
    }
  }
}
"""
    trace = '{"tool": "pay", "args": {"amount": 500}}\n' * 20

    def check(self, subject: Subject) -> Iterator[Finding]:
        traces = subject.traces
        for rules in subject.policy.tools.values() if traces else ():
            facts = traces.tools.get(rules.name) if traces else None
            if traces is None or facts is None or facts.decided < ENOUGH:
                continue
            for pointer in _pointers(rules):
                if traces.idle.get(pointer):
                    yield Finding(
                        pointer,
                        f"this rule decided none of {facts.decided:,} recorded calls of `{rules.name}`",
                        help="try a call that it is meant for: `policyctl explain --call`",
                    )


def _pointers(rules: ToolRules) -> Iterator[str]:
    for predicate in (*rules.require, *rules.deny_if):
        if predicate.conditions:
            yield predicate.pointer
