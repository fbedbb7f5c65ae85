"""NUM06."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.bounds import disputed
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import condition_text, number_text
from policyctl.source.pointer import format_path


class DisputedBoundary(Rule):
    """Two bounds name the same number, and only one of them lets it pass.

    ## Why is this bad?

    `require … lte 1000` beside `deny_if … gte 1000` says of 1000 that it is fine and that it is forbidden. It is denied,
    since every rule has to be passed; the other rule, and whoever reads it, says otherwise. Round numbers are the ones
    that people and agents use.

    ## What to do instead

    Decide whether the number passes, and write both bounds so: `lte` goes with `gt`, `lt` with `gte`. One of the two is
    enough.
    """

    code = "NUM06"
    name = "disputed-boundary"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    refs = ("CWE-193",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "require": [{"conditions": [{"path": "args.amount", "op": "lte", "value": 1000}]}],
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gte", "value": 1000}]}]
                                                                ^^^^^ 1000
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "require": [{"conditions": [{"path": "args.amount", "op": "lte", "value": 1000}]}],
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 1000}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            for first, second in disputed(rules):
                yields, denies = (first, second) if first.includes else (second, first)
                yield Finding(
                    f"{second.pointer}/op",
                    f"{condition_text(yields.condition)} lets {number_text(second.number)} pass as `{format_path(second.path)}`, "
                    f"and {condition_text(denies.condition)} does not",
                    help="decide whether the number itself passes, and write both bounds so",
                )
