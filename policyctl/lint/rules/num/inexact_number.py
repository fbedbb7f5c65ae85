"""NUM07."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.subject import Subject, condition_pointer
from policyctl.model.policy import Condition, Op, Predicate
from policyctl.model.values import JSONValue

#: Above it a double no longer tells every integer from the next.
_LAST_EXACT = 2**53
#: As many digits as survive a double whatever they are.
_SAFE_DIGITS = 15
_EQUALITIES = {Op.EQ: False, Op.NEQ: False, Op.IN: True, Op.NOT_IN: True}


class InexactNumber(Rule):
    """A number that programs read differently is compared.

    ## Why is this bad?

    Most programs keep numbers as doubles, which hold 15 digits. An identifier of 19 digits becomes its neighbour on the
    way through such a program, so that an equality never holds, or holds for another identifier; and of a fraction with
    more digits than a double keeps, the policy itself does not compare what is written.

    ## What to do instead

    Give identifiers as text where the tool takes them so. Compare fractions by `lt` and `gt`, with no more digits than
    they need.
    """

    code = "NUM07"
    name = "inexact-number"
    severity = Severity.INFO
    refs = ("CWE-1339",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "close_ticket": {
      "require": [{"conditions": [{"path": "args.id", "op": "eq", "value": 9007199254740993}]}]
                                                                           ^^^^^^^^^^^^^^^^ doubles
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "close_ticket": {
      "require": [{"conditions": [{"path": "args.id", "op": "eq", "value": "9007199254740993"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            for predicate in (*rules.require, *rules.deny_if):
                for pointer, value, condition in _values(predicate):
                    message = _doubt(value, subject, pointer, condition)
                    if message is not None:
                        yield Finding(pointer, message, help="use a text, or a number with fewer digits")


def _values(predicate: Predicate) -> Iterator[tuple[str, JSONValue, Condition]]:
    """What arguments are compared with, and where it stands."""
    for index, condition in enumerate(predicate.conditions):
        pointer = f"{condition_pointer(predicate, index)}/value"
        if isinstance(condition.value, list) and _EQUALITIES.get(condition.op):
            for number, value in enumerate(condition.value):
                yield f"{pointer}/{number}", value, condition
        else:
            yield pointer, condition.value, condition


def _doubt(value: JSONValue, subject: Subject, pointer: str, condition: Condition) -> str | None:
    is_equality = condition.op in _EQUALITIES
    match value:
        case bool():
            return None
        case int() if is_equality and abs(value) > _LAST_EXACT:
            return "programs that keep numbers as doubles do not tell this one from its neighbours"
        case float() if _loses_digits(value, subject, pointer):
            return f"this is compared as {value!r}, since a double keeps no more digits"
        case float() if is_equality and len(Decimal(repr(value)).as_tuple().digits) > _SAFE_DIGITS:
            return "equality with a fraction of so many digits depends on how it was calculated"
        case _:
            return None


def _loses_digits(value: float, subject: Subject, pointer: str) -> bool:
    span = subject.document.span(pointer)
    try:
        return Decimal(subject.document.text[span.start.offset : span.end.offset]) != Decimal(repr(value))
    except InvalidOperation:
        # YAML knows more ways to write a number.
        return False
