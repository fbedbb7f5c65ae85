"""ARG02."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policyctl.cells.atoms import Clause, Literal, OfKind
from policyctl.diagnostic import Fix, Severity
from policyctl.lint.arguments import Path, schema_at, types_of
from policyctl.lint.conditions import Placed, denied
from policyctl.lint.defaults import UNSAID, default_of
from policyctl.lint.logic import may_hold, slips_through, slips_with
from policyctl.lint.money import is_amount
from policyctl.lint.roles import Role, role_of
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.slip import Slip, omission, value_at
from policyctl.lint.subject import Subject
from policyctl.lint.switches import asks_for_off, is_safety_switch
from policyctl.lint.wording import call_text
from policyctl.model.policy import Condition, Op
from policyctl.source.edit import append
from policyctl.source.pointer import format_path

#: Operators that say something of values of one kind only, and that kind.
_NUMERIC = frozenset({Op.LT, Op.LTE, Op.GT, Op.GTE})
_KIND = {**dict.fromkeys(_NUMERIC, "number"), Op.REGEX: "text"}
_WORDS = {"number": "a number", "text": "a text"}


class FailOpenDenial(Rule):
    """A denial does not fire when its argument is missing, or of another type.

    ## Why is this bad?

    A condition on an argument that is absent, null or of another type is false, so a `deny_if` with it lets the call pass.
    An agent that leaves the argument out, or sends `"500"` for 500, is not refused, and the server fills in what it likes.

    ## What to do instead

    Say what must hold: a `require` is false in the same cases, and denies. Keep the `deny_if` for what is forbidden, and
    add a `require` on the same argument with `exists`, or with an operator that only the right type passes.

    ## What it looks at

    Whether some call passes all rules of the tool without the argument is worked out exactly, so a `require` anywhere that
    rules it out is enough. A catalog can only silence the rule: an argument that the schema requires cannot be left out,
    one that it gives a type has that type, and one that it gives a default is left to *denied-default*. A denial that
    repeats the schema, such as `not_in` with all values that there are, fires on no valid call and is passed over.

    Leaving out is no harm where only what is there can be bad: a switch (`eq true`, `neq false`), a part of a text
    (`regex`, `contains`). It is information where a number is no amount, where a denial asks about several arguments, and
    where a pattern meets what is no text, unless it is one for commands or recipients, which are often lists.
    """

    code = "ARG02"
    name = "fail-open-denial"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    refs = ("CWE-636", "CWE-184", "CWE-1287", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "deploy": {
      "deny_if": [
        {"conditions": [{"path": "args.environment", "op": "eq", "value": "production"}]}
                                 ^^^^^^^^^^^^^^^^^^ left out
      ],
      "require": [{"conditions": [{"path": "args.service", "op": "in", "value": ["web", "api"]}]}]
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
      "deny_if": [
        {"conditions": [{"path": "args.environment", "op": "eq", "value": "production"}]}
      ],
      "require": [{"conditions": [{"path": "args.service", "op": "in", "value": ["web", "api"]}]}, {"conditions": [{"path": "args.environment", "op": "exists", "value": true}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        told: set[tuple[str, Path]] = set()
        for each in denied(subject):
            where = (each.rules.name, each.condition.path)
            if where in told or not may_hold(subject, each.rules, each.predicate):
                continue
            if (finding := _found(subject, each)) is not None:
                told.add(where)
                yield finding


def _found(subject: Subject, each: Placed) -> Finding | None:
    path = each.condition.path
    shown = format_path(path)
    if _may_matter(each):
        args = slips_through(subject, each.rules, Condition(path, Op.EXISTS, False))
        if args is not None:
            return Finding(
                f"{each.pointer}/path",
                f"the denial does not fire when `{shown}` is left out",
                help=f"add a `require` with `{shown} exists true`, or say there what is allowed",
                notes=(f"this call passes: {call_text(args)}",),
                fix=_fix(subject, each),
                severity=_weight(each),
                slip=omission(each.rules.name, path),
            )
    return _mistyped(subject, each)


def _may_matter(each: Placed) -> bool:
    """Whether a call without the argument may do what is denied; ARG03 knows of defaults, and ARG13 of trial runs."""
    condition = each.condition
    switch = (condition.op, condition.value)
    is_harmless = condition.op in {Op.EXISTS, Op.REGEX, Op.CONTAINS} or switch in ((Op.EQ, True), (Op.NEQ, False))
    is_told_elsewhere = is_safety_switch(condition.path) and asks_for_off(condition)
    return not is_harmless and not is_told_elsewhere and default_of(each) is UNSAID


def _weight(each: Placed) -> Severity | None:
    """Less where the argument is one of several, or a number that is no amount."""
    is_one_of_several = len({condition.path for condition in each.predicate.conditions}) > 1
    category = each.tool.category if each.tool else None
    is_size = each.condition.op in _NUMERIC and not is_amount(each.condition.path, category)
    return Severity.INFO if is_one_of_several or is_size else None


def _mistyped(subject: Subject, each: Placed) -> Finding | None:
    kind = _KIND.get(each.condition.op)
    path = each.condition.path
    if kind is None or types_of(schema_at(each.tool, path)) is not None:
        # Where the schema names several types, ARG06 speaks.
        return None
    shown = format_path(path)
    present: Clause = ((Literal(Condition(path, Op.EXISTS, True), holds=True),),)
    other: Clause = ((Literal(OfKind(path, frozenset({kind})), holds=False),),)
    args = slips_with(subject, each.rules, [present, other])
    if args is None:
        return None
    return Finding(
        f"{each.pointer}/path",
        f"the denial does not fire when `{shown}` is not {_WORDS[kind]}",
        help=f"add a `require` on `{shown}` that only {_WORDS[kind]} passes",
        notes=(f"this call passes: {call_text(args)}",),
        severity=Severity.INFO if kind == "text" and role_of(path) not in _LISTED else _weight(each),
        slip=Slip(each.rules.name, lambda given: _is_other(value_at(given, path), kind)),
    )


#: Arguments that servers also take as lists; elsewhere what is no text is seldom taken for one.
_LISTED = frozenset({Role.COMMAND, Role.MAIL})


def _fix(subject: Subject, each: Placed) -> Fix | None:
    """A requirement more: nothing that was denied is let through by it."""
    predicate = {"conditions": [{"path": format_path(each.condition.path), "op": "exists", "value": True}]}
    tool = each.predicate.pointer.rsplit("/", 2)[0]
    edit = (
        append(subject.document, f"{tool}/require", predicate)
        if each.rules.require
        else append(subject.document, tool, [predicate], key="require")
    )
    return None if edit is None else Fix("require the argument", (edit,), is_safe=False)


def _is_other(value: Any, kind: str) -> bool:
    if value is None:
        return False
    if kind == "text":
        return not isinstance(value, str)
    return isinstance(value, bool) or not isinstance(value, int | float)
