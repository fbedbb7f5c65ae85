"""ARG07."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.cells.instance import is_valid
from policyctl.diagnostic import Severity
from policyctl.lint.arguments import has_type, schema_at, types_of, values_of
from policyctl.lint.conditions import Placed, live
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import joined, listing, written
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
        for each in live(subject):
            yield from _never(each)


def _never(each: Placed) -> Iterator[Finding]:
    schema = schema_at(each.tool, each.condition.path)
    types = types_of(schema)
    if schema is None or each.tool is None or types is None:
        return
    for pointer, value in _constants(each):
        # A value of another type is a matter of ARG05.
        if value is None or not has_type(value, types) or is_valid(value, schema, each.tool.input_schema or {}):
            continue
        yield Finding(
            pointer,
            f"`{format_path(each.condition.path)}` is never `{written(value)}`",
            help=_instead(value, schema),
        )


def _instead(value: JSONValue, schema: Mapping[str, Any]) -> str:
    allowed = values_of(schema)
    if allowed is None:
        bounds = {word: schema[word] for word in _BOUNDS if word in schema}
        return (
            f"the schema says {joined([f'`{word}` {written(bound)}' for word, bound in bounds.items()])}"
            if bounds
            else _LOOK
        )
    near = [member for member in allowed if _folded(member) == _folded(value)]
    if near:
        return f"did you mean `{written(near[0])}`?"
    return f"it is one of {listing([written(member) for member in allowed if member is not None], most=6)}"


_BOUNDS = (
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
)  # fmt: skip
_LOOK = "take a value that the schema allows"


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
