"""SCH07."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.conditions import placed
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject

_MOST_VALUES = 1_000
_LONGEST_PATTERN = 1_000


class OversizedCondition(Rule):
    """A condition is a list of more than 1,000 values, or a pattern of more than 1,000 characters.

    ## Why is this bad?

    Nobody reads it before agreeing to it, so an entry too many is not found. And gateways that look through a list entry by
    entry, or bound what a pattern may cost, are slow with it or do not load it.

    ## What to do instead

    Say what the values have in common: a shorter pattern, or two conditions. If they have nothing in common, keep them where
    the tool can look them up.
    """

    code = "SCH07"
    name = "oversized-condition"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    refs = ("CWE-1333",)
    bad = (
        """
version: "1"
default: deny
tools:
  restart:
    require:
      - conditions:
          - path: args.host
            op: regex
            value: ^("""
        + "|".join(f"host-{number}" for number in range(100, 220))
        + """)$
                   """
        + "^" * 1_083
        + """ 1,083 characters
"""
    )
    good = """
version: "1"
default: deny
tools:
  restart:
    require:
      - conditions:
          - path: args.host
            op: regex
            value: ^host-(1[0-9]{2}|20[0-9]|21[0-9])$
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.policy.tools.values():
            for each in placed(subject, rules):
                value = each.condition.value
                if isinstance(value, list) and len(value) > _MOST_VALUES:
                    size = f"the list for `{rules.name}` has {len(value):,} values"
                elif isinstance(value, str) and each.condition.op == "regex" and len(value) > _LONGEST_PATTERN:
                    size = f"the pattern for `{rules.name}` has {len(value):,} characters"
                else:
                    continue
                yield Finding(f"{each.pointer}/value", size, help="say what they have in common in a shorter pattern")
