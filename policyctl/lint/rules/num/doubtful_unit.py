"""NUM03."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import schema_at
from policyctl.lint.bounds import Bound, caps
from policyctl.lint.names import words
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import number_text
from policyctl.model.catalog import Tool
from policyctl.source.pointer import format_path

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
#: A sum of money in a message, with its sign or name: `$50`, `EUR 50.00`, `50 euros`.
_MONEY = re.compile(
    rf"(?:[$€£]|\b(?:USD|EUR|GBP|CHF)) ?{_NUMBER}|{_NUMBER} ?(?:€|(?:USD|EUR|GBP|CHF|dollars?|euros?|pounds)\b)",
    re.IGNORECASE,
)
_MINOR = re.compile(r"\b(smallest|minor)\b[\w ]{0,20}\bunits?\b|(?<!not )\bin (the )?(cents|pence)\b", re.IGNORECASE)
_MAJOR = re.compile(
    r"\bmajor\b[\w ]{0,20}\bunits?\b|(?<!not )\bin (US |whole )?(dollars|euros|pounds)\b", re.IGNORECASE
)


class _Unit(Enum):
    MINOR = "hundredths"
    MAJOR = "whole units"


class DoubtfulUnit(Rule):
    """A message and the number beside it differ by a factor of a hundred.

    ## Why is this bad?

    Payment interfaces often count in the smallest unit of a currency. Where the argument is in cents, `lte 50` refuses
    all above half a unit; where it is in whole units, `lte 5000` lets a hundred times as much through as the message
    beside it promises.

    ## What to do instead

    Write the number in the unit of the argument: 50.00 is 5000 in cents.

    ## What it cannot see

    It speaks only where the name or the description of the argument says the unit and the message names a sum of money
    that is the same number although it should not be, or a hundredth of it although it should be the same.
    """

    code = "NUM03"
    name = "doubtful-unit"
    severity = Severity.WARNING
    precision = Precision.MEDIUM
    refs = ("CWE-682",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_refund": {
      "require": [{
        "conditions": [
          {"path": "args.amount_cents", "op": "gt", "value": 0},
          {"path": "args.amount_cents", "op": "lte", "value": 50}
                                                              ^^ hundredths
        ],
        "on_deny": "Refunds above $50 are made by a person."
      }]
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
      "require": [{
        "conditions": [
          {"path": "args.amount_cents", "op": "gt", "value": 0},
          {"path": "args.amount_cents", "op": "lte", "value": 5000}
        ],
        "on_deny": "Refunds above $50 are made by a person."
      }]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            for cap in caps(rules):
                unit = _unit_of(cap.path, subject.tools.get(rules.name))
                said = None if unit is None else _contradicted(cap, unit)
                if unit is not None and said is not None:
                    yield Finding(
                        f"{cap.pointer}/value",
                        f"`{format_path(cap.path)}` counts {unit.value}, so that {number_text(cap.number)} is not the `{said}` of the message",
                        help="write the number in the unit of the argument",
                    )


def _contradicted(cap: Bound, unit: _Unit) -> str | None:
    """The only sum of money in the message, if the number is what it would be in the other unit."""
    sums = list(_MONEY.finditer(cap.predicate.on_deny or ""))
    if len(sums) != 1:
        return None
    amount = float((sums[0][1] or sums[0][2]).replace(",", ""))
    mistaken = amount if unit is _Unit.MINOR else amount * 100
    return sums[0][0] if amount and cap.number == mistaken else None


def _unit_of(path: tuple[str, ...], tool: Tool | None) -> _Unit | None:
    """What the argument is counted in, as its name or its description says it."""
    if not {"cents", "pence"}.isdisjoint(words(path[-1])):
        return _Unit.MINOR
    description = _description(path, tool)
    minor, major = bool(_MINOR.search(description)), bool(_MAJOR.search(description))
    if minor is major:
        return None
    return _Unit.MINOR if minor else _Unit.MAJOR


def _description(path: tuple[str, ...], tool: Tool | None) -> str:
    description = (schema_at(tool, path) or {}).get("description")
    return description if isinstance(description, str) else ""
