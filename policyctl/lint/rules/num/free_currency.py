"""NUM02."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import members_at, types_of
from policyctl.lint.bounds import caps
from policyctl.lint.money import is_amount, is_currency_of
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.model.catalog import Tool
from policyctl.model.policy import Condition, Op, ToolRules
from policyctl.source.pointer import format_path


class FreeCurrency(Rule):
    """An amount is bounded, and its currency is not.

    ## Why is this bad?

    A number without its unit bounds nothing. 500 is one thing in yen and another in dinars, and of two coins one may be
    worth a thousand times the other. Whoever may choose the currency chooses how much the bound is.

    ## What to do instead

    Say in `require` which currencies the bound is meant for: `eq`, or `in` with those of about the same worth.

    ## What it cannot see

    It looks for an argument beside the amount whose name says currency, coin or asset, that no condition asks about and
    whose schema leaves open what it may be. A list of currencies in the schema is taken for a decision.
    """

    code = "NUM02"
    name = "free-currency"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-1284", "ASI02")
    catalog = """[{"name": "create_charge", "category": "Financial", "risk": "Critical", "inputSchema": {
      "type": "object",
      "properties": {"amount": {"type": "integer"}, "currency": {"type": "string"}},
      "required": ["amount", "currency"]}}]"""
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_charge": {
      "require": [
        {"conditions": [{"path": "args.amount", "op": "gt", "value": 0}]},
        {"conditions": [{"path": "args.amount", "op": "lte", "value": 500}]}
                                                                      ^^^ any
      ]
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_charge": {
      "require": [
        {"conditions": [{"path": "args.amount", "op": "gt", "value": 0}]},
        {"conditions": [{"path": "args.amount", "op": "lte", "value": 500}]},
        {"conditions": [{"path": "args.currency", "op": "in", "value": ["eur", "usd"]}]}
      ]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            tool = subject.tools.get(rules.name)
            if tool is not None and subject.is_open(rules.name):
                yield from _free(rules, tool)


def _free(rules: ToolRules, tool: Tool) -> Iterator[Finding]:
    asked = {condition.path for each in (*rules.require, *rules.deny_if) for condition in _telling(each.conditions)}
    seen: set[tuple[str, ...]] = set()
    for path, pointer in _bounded(rules, tool):
        if path in seen:
            continue
        seen.add(path)
        for name in _open_currencies(tool, path):
            currency = (*path[:-1], name)
            if not any(each[: len(currency)] == currency for each in asked):
                yield Finding(
                    pointer,
                    f"`{format_path(path)}` is bounded, and `{format_path(currency)}` may be any",
                    help=f"say in `require` what `{format_path(currency)}` may be",
                )


def _telling(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    """Conditions that say more than that something is there."""
    return (condition for condition in conditions if condition.op is not Op.EXISTS)


def _bounded(rules: ToolRules, tool: Tool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each amount with the place of a number that bounds it."""
    for cap in caps(rules):
        if is_amount(cap.path, tool.category):
            yield cap.path, f"{cap.pointer}/value"
    for limit in rules.limits:
        if limit.amount_from and is_amount(limit.amount_from, tool.category):
            yield limit.amount_from, f"{limit.pointer}/max"


def _open_currencies(tool: Tool, path: tuple[str, ...]) -> Iterator[str]:
    """Names of members beside an amount that are currencies and may be any text."""
    for name, schema in members_at(tool, path[:-1]).items():
        is_listed = any(word in schema for word in ("enum", "const", "pattern"))
        if is_currency_of(name, path[-1]) and types_of(schema) == frozenset({"string"}) and not is_listed:
            yield name
