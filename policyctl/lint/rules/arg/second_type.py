"""ARG06."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.cells.atoms import Clause, Literal, OfKind
from policyctl.cells.values import kind_of
from policyctl.diagnostic import Severity
from policyctl.lint.arguments import schema_at, types_of
from policyctl.lint.conditions import Placed, denied, required
from policyctl.lint.logic import any_of, slips_with
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text, joined
from policyctl.model.policy import Condition, Op
from policyctl.model.values import JSONValue
from policyctl.source.pointer import format_path

#: The kinds of values that cells tell apart, by the types of JSON Schema that may stand for the same thing in another.
_KINDS = {"string": "text", "number": "number", "integer": "number", "array": "list", "boolean": "boolean"}
_TAKES = {Op.LT: "number", Op.LTE: "number", Op.GT: "number", Op.GTE: "number", Op.REGEX: "text"}


class SecondType(Rule):
    """A denial looks at one type of an argument that may have another.

    ## Why is this bad?

    The schema takes the number 10000 and the text `"10000"`, and the server treats them alike. The denial sees the number
    only, so the text passes; or it sees one text, and a list with that text in it passes.

    ## What to do instead

    Say what must hold: a `require` with the comparison refuses every other type.
    """

    code = "ARG06"
    name = "second-type"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-843", "CWE-1287", "CWE-184", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 100}]}]
                                           ^^^^^^^^^^^^^ `string`
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
      "require": [{"conditions": [{"path": "args.amount", "op": "lte", "value": 100}]}]
    }
  }
}
"""
    catalog = """
[{"name": "transfer", "inputSchema": {
  "type": "object", "properties": {"amount": {"type": ["number", "string"]}}, "required": ["amount"]
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in (*denied(subject), *required(subject)):
            seen = _seen(each)
            types = types_of(schema_at(each.tool, each.condition.path)) or frozenset()
            others = sorted(name for name in types if name in _KINDS and _KINDS[name] not in seen)
            if not seen or not others or not any(_KINDS.get(name) in seen for name in types):
                continue
            kinds = frozenset(_KINDS[name] for name in others)
            another: Clause = ((Literal(OfKind(each.condition.path, kinds), holds=True),),)
            twins = [twin for twin in _twins(each.condition) if kind_of(twin) in kinds]
            args = slips_with(subject, each.rules, [any_of(each.condition.path, twins)]) if twins else None
            args = args or slips_with(subject, each.rules, [another])
            if args is not None:
                shown = format_path(each.condition.path)
                listed = joined([f"`{name}`" for name in others], last="or")
                yield Finding(
                    f"{each.pointer}/path",
                    f"`{shown}` may also be {listed}, {_WHICH[each.part]}",
                    help=f"say in `require` what `{shown}` must be",
                    notes=(f"this call passes: {call_text(args)}",),
                )


_WHICH = {"deny_if": "for which the denial does not fire", "require": "which is never what must not be"}


def _seen(each: Placed) -> frozenset[str]:
    """The kinds of values that the condition is about."""
    condition = each.condition
    if each.part == "require" and condition.op not in {Op.NEQ, Op.NOT_IN}:
        return frozenset()
    if condition.op in _TAKES:
        return frozenset({_TAKES[condition.op]})
    if condition.op is Op.CONTAINS:
        return frozenset({"text", "list"} if isinstance(condition.value, str) else {"list"})
    if condition.op not in ({Op.EQ, Op.IN} if each.part == "deny_if" else {Op.NEQ, Op.NOT_IN}):
        return frozenset()
    is_among = condition.op in {Op.IN, Op.NOT_IN}
    values = condition.value if is_among and isinstance(condition.value, list) else [condition.value]
    return frozenset(kind_of(value) for value in values)


def _twins(condition: Condition) -> list[JSONValue]:
    """What a server may take for a value that the condition is about, in other types."""
    value = condition.value
    if condition.op in {Op.IN, Op.NOT_IN} and isinstance(value, list):
        value = next((each for each in value if isinstance(each, str | int)), None)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return []
    if isinstance(value, str):
        return [[value], *([int(value)] if value.isdecimal() and len(value) < _LONG else [])]
    return [f"{value}0" if condition.op in {Op.GT, Op.GTE} and value > 0 else str(value)]


#: Texts of more digits are names and no numbers.
_LONG = 16
