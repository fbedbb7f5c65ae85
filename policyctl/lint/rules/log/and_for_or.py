"""LOG10."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.exclusive import exclusions
from policyctl.lint.logic import condition_parts, conflict
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import condition_text, joined
from policyctl.model.policy import Predicate


class AndForOr(Rule):
    """Conditions that exclude each other are asked for together.

    ## Why is this bad?

    The conditions of a predicate hold together or not at all, and so do all predicates of `require`. Whoever writes
    `env eq dev` beside `env eq staging` means one of both; what stands there is never so. In `require` the tool is denied
    for everybody; in `deny_if` nothing is denied, and the protection is not there.

    ## What to do instead

    Put the values into one `in`. In `deny_if`, where any predicate denies, write a predicate for each case.

    ## What it looks at

    In `require`, values that one argument would have to have at once; other contradictions there are a matter of
    `LOG01`. In `deny_if`, every predicate whose conditions no call meets together, worked out over all JSON values.
    """

    code = "LOG10"
    name = "and-for-or"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    refs = ("CWE-570", "CWE-783")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "deploy": {
      "require": [{"conditions": [
        {"path": "args.env", "op": "eq", "value": "dev"},
        {"path": "args.env", "op": "eq", "value": "staging"}
                                                  ^^^^^^^^^ at once
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
    "deploy": {
      "require": [{"conditions": [
        {"path": "args.env", "op": "in", "value": ["dev", "staging"]}
      ]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            for exclusion in exclusions(rules.require)[:1]:
                yield Finding(
                    f"{exclusion.pointer}/value",
                    f"{condition_text(exclusion.first)} and {condition_text(exclusion.second)} never hold at once, "
                    f"so `{rules.name}` is always denied",
                    help="use `in` with all values that are meant",
                )
            for predicate in rules.deny_if:
                yield from _never(predicate)


def _never(predicate: Predicate) -> Iterator[Finding]:
    """A denial that cannot fire."""
    core = conflict(condition_parts(predicate))
    if len(core) > 1:
        yield Finding(
            core[-1].pointer,
            f"{joined([part.text for part in core])} never hold at once, so nothing is denied",
            help="write a predicate for each case, or use `in`",
            severity=Severity.ERROR,
        )
