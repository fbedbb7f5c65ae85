"""ARG07."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.engine.equality import equality
from policyctl.engine.truth import Truth
from policyctl.lint.arguments import schema_at
from policyctl.lint.conditions import Placed, placed
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing, written
from policyctl.model.policy import Op
from policyctl.model.values import JSONValue
from policyctl.source.pointer import format_path


class ImpossibleConstant(Rule):
    """A value is compared with an argument that can never have it.

    ## Why is this bad?

    The schema lists what the argument may be, and this is not among it: another case, another unit, a word of an older
    version. A denial of it never fires, and a requirement of it lets nothing through.

    ## What to do instead

    Take a value that the schema lists, or renew the catalog if the server has changed.
    """

    code = "ARG07"
    name = "impossible-constant"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-570", "CWE-178")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "charge": {
      "require": [{"conditions": [{"path": "args.currency", "op": "in", "value": ["USD", "eur"]}]}]
                                                                                  ^^^^^ never `"USD"`
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "charge": {
      "require": [{"conditions": [{"path": "args.currency", "op": "in", "value": ["usd", "eur"]}]}]
    }
  }
}
"""
    catalog = """
[{"name": "charge", "inputSchema": {
  "type": "object", "properties": {"currency": {"type": "string", "enum": ["usd", "eur", "gbp"]}}
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            for each in placed(subject, rules):
                yield from _never(each)


def _never(each: Placed) -> Iterator[Finding]:
    schema = schema_at(each.tool, each.condition.path)
    allowed = schema.get("enum") if schema else None
    if not isinstance(allowed, list) or not allowed:
        return
    for pointer, value in _constants(each):
        if value is None or any(equality(value, member) is Truth.TRUE for member in allowed):
            continue
        shown = format_path(each.condition.path)
        near = [member for member in allowed if _folded(member) == _folded(value)]
        yield Finding(
            pointer,
            f"`{shown}` is never `{written(value)}`",
            help=f"did you mean `{written(near[0])}`?"
            if near
            else f"it is one of {listing([written(member) for member in allowed], most=6)}",
        )


def _constants(each: Placed) -> Iterator[tuple[str, JSONValue]]:
    """Each value that the argument is compared with, and its place."""
    condition = each.condition
    if condition.op in {Op.EQ, Op.NEQ}:
        yield f"{each.pointer}/value", condition.value
    elif condition.op in {Op.IN, Op.NOT_IN} and isinstance(condition.value, list):
        for index, value in enumerate(condition.value):
            yield f"{each.pointer}/value/{index}", value


def _folded(value: JSONValue) -> str:
    """What is left of a value without case and separators."""
    return str(value).lower().replace("-", "").replace("_", "").replace(" ", "")
