"""TRC02."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.model.policy import ToolRules

#: Fewer calls of a tool are no evidence.
ENOUGH = 10
#: Of a hundred calls so many are nearly all.
NEARLY_ALL = 95


class RuleThatDecidesEverything(Rule):
    """A condition denied nearly every recorded call of its tool.

    ## Why is this bad?

    Agents that do their work with this tool cannot, and the rule says that they can within bounds. Mostly the bound is not
    the one that was meant: another unit, another spelling, a `require` on an argument that is often left out.

    ## What to do instead

    Look at one of the calls with `policyctl explain --trace FILE --line N`. If the tool is to stay shut, say so with
    `hide` or `action: deny`, which tells the agent at once.
    """

    code = "TRC02"
    name = "rule-that-decides-everything"
    severity = Severity.WARNING
    needs = frozenset({Need.TRACES})
    refs = ("CWE-571",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {
      "require": [
        {"conditions": [{"path": "args.currency", "op": "eq", "value": "EUR"}]}
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 10 of 10
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
      "require": [
        {"conditions": [{"path": "args.currency", "op": "eq", "value": "eur"}]}
      ]
    }
  }
}
"""
    trace = '{"tool": "pay", "args": {"currency": "eur"}}\n' * 10

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.policy.tools.values():
            facts = subject.traces.tools.get(rules.name) if subject.traces else None
            if facts is None or facts.decided < ENOUGH:
                continue
            for pointer in _pointers(rules):
                decided = facts.decided_by.get(pointer, 0)
                if decided * 100 >= facts.decided * NEARLY_ALL:
                    yield Finding(
                        pointer,
                        f"this rule denied {decided:,} of {facts.decided:,} recorded calls of `{rules.name}`",
                        help="look at one of them with `policyctl explain --trace`, or shut the tool as a whole",
                    )


def _pointers(rules: ToolRules) -> Iterator[str]:
    """Where bounds stand: a rule without conditions is meant to deny everything."""
    for predicate in (*rules.require, *rules.deny_if):
        if predicate.conditions:
            yield predicate.pointer
    for limit in rules.limits:
        yield limit.pointer
