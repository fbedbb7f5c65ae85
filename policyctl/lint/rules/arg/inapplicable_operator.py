"""ARG05."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import has_type, schema_at, types_of
from policyctl.lint.conditions import Placed, live
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import joined, written
from policyctl.model.json_types import HOLDS_FOR, JSON_TYPES
from policyctl.model.policy import Op
from policyctl.model.values import JSONValue
from policyctl.source.pointer import format_path


class InapplicableOperator(Rule):
    """An operator never holds for the type that the argument has.

    ## Why is this bad?

    A comparison with a number is false for every text, and a pattern is found in no number. In `require` the tool is shut;
    in `deny_if` the denial never fires, whatever the agent sends.

    ## What to do instead

    Compare with what the schema says the argument is: a text with `eq`, `in` or `regex`, a number with `lt` and its like,
    a list with `contains`.
    """

    code = "ARG05"
    name = "inapplicable-operator"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-843", "CWE-697", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 100}]}]
                                                                ^^^^ `gt` never holds
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
      "require": [{"conditions": [{"path": "args.amount", "op": "regex", "value": "^[0-9]{1,2}$"}]}]
    }
  }
}
"""
    catalog = """
[{"name": "transfer", "inputSchema": {
  "type": "object", "properties": {"amount": {"type": "string"}}, "required": ["amount"]
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in live(subject):
            yield from _never(each)


def _never(each: Placed) -> Iterator[Finding]:
    condition = each.condition
    types = types_of(schema_at(each.tool, condition.path))
    if not types or not types <= JSON_TYPES:
        return
    takes = HOLDS_FOR.get(condition.op)
    if condition.op is Op.CONTAINS and type(condition.value) is not str:
        takes = frozenset({"array"})
    shown, is_ = format_path(condition.path), joined(sorted(f"`{name}`" for name in types), last="or")
    does = "the denial never fires" if each.part == "deny_if" else "no call passes"
    if takes is not None and not takes & types:
        yield Finding(
            f"{each.pointer}/op",
            f"`{condition.op}` never holds for `{shown}`, which is {is_}, so {does}",
            help=f"use an operator for {is_}",
            at_key=False,
        )
    elif condition.op in {Op.EQ, Op.IN} and (odd := _others(condition.value, condition.op, types)):
        listed = odd if condition.op is Op.EQ else f"none of the values of {odd}"
        yield Finding(
            f"{each.pointer}/value",
            f"`{shown}` is {is_} and never {listed}, so {does}",
            help=f"compare with {is_}",
        )


def _others(value: JSONValue, op: Op, types: frozenset[str]) -> str | None:
    """The operand, if nothing in it is of these types."""
    values = value if op is Op.IN and isinstance(value, list) else [value]
    if not values or any(has_type(each, types) for each in values):
        return None
    return f"`{written(value)}`"
