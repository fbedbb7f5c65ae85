"""LIM09."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import is_closed, is_required, schema_at, types_of
from policyctl.lint.quotas import own_limits
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.catalog import Tool
from policyctl.model.policy import Limit, ToolRules
from policyctl.source.pointer import format_path

#: Types of JSON Schema that hold no number.
_NO_NUMBERS = frozenset({"string", "boolean", "array", "object", "null"})


class UncountableAmount(Rule):
    """A limit adds up an argument that a proper call may lack, or never has as a number.

    ## Why is this bad?

    A call whose amount is missing, or is no number, is denied: it could not be counted. Where the tool does not have the
    argument, or takes it as text, nobody can ever call it; where it is optional, calls that are fine for the server fail
    with the message of a limit, and an agent waits for a window to pass that will not help it.

    ## What to do instead

    Count an argument that every call has to give, as a number. If leaving it out is to be denied, say so in `require`: then
    the message says what is missing. A limit of `all_tools` with `amount_from` is for servers whose tools all have the
    argument.

    ## What it looks at

    Required arguments and types of the catalog's schemas. An argument of a tool's own limit that the tool does not have is
    a matter of `ARG01`.
    """

    code = "LIM09"
    name = "uncountable-amount"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-1284",)
    catalog = """[{"name": "create_refund", "category": "Financial", "risk": "Critical", "inputSchema": {
      "type": "object",
      "properties": {"charge": {"type": "string"}, "amount": {"type": "integer"}},
      "required": ["charge"]}}]"""
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_refund": {
      "limits": [{"counter": "refunded", "max": 500, "window": "day", "amount_from": "args.amount"}]
                                                                                     ^^^^^^^^^^^^^ left out
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
        "conditions": [{"path": "args.amount", "op": "exists", "value": true}],
        "on_deny": "Say how much is refunded."
      }],
      "limits": [{"counter": "refunded", "max": 500, "window": "day", "amount_from": "args.amount"}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            tool = subject.tools.get(rules.name)
            if tool is not None:
                for limit in own_limits(rules):
                    yield from _own(limit, rules, tool)
        for limit in subject.policy.all_tools_limits:
            yield from _shared(limit, subject)


def _own(limit: Limit, rules: ToolRules, tool: Tool) -> Iterator[Finding]:
    path = limit.amount_from
    if path is None:
        return
    says, pointer = format_path(path), f"{limit.pointer}/amount_from"
    if _is_no_number(path, tool):
        yield Finding(
            pointer,
            f"`{says}` is no number in the schema of `{tool.name}`, so every call of it is denied",
            help="count an argument that is a number, or the calls",
            severity=Severity.ERROR,
        )
    elif schema_at(tool, path) is not None and not is_required(tool, path) and not _is_asked_for(path, rules):
        yield Finding(
            pointer,
            f"`{says}` may be left out of a call of `{tool.name}`, which is then denied as if the limit were used up",
            help=f"say in `require` that `{says}` has to be there",
        )


def _shared(limit: Limit, subject: Subject) -> Iterator[Finding]:
    path = limit.amount_from
    if path is None:
        return
    live = [tool for tool in subject.tools.values() if not subject.is_shut(tool.name)]
    dead = [tool.name for tool in live if _is_missing(path, tool) or _is_no_number(path, tool)]
    if dead:
        has = "has" if len(dead) == 1 else "have"
        yield Finding(
            f"{limit.pointer}/amount_from",
            f"{listing(dead)} {has} no number `{format_path(path)}`, so every call of them is denied",
            help="move the limit to the tools that have the argument",
            severity=Severity.ERROR,
        )


def _is_missing(path: tuple[str, ...], tool: Tool) -> bool:
    """Whether the schema lists the members around the argument, and not the argument."""
    for length in range(len(path)):
        around = schema_at(tool, path[:length])
        if around is None:
            return False
        if schema_at(tool, path[: length + 1]) is None:
            return is_closed(around) and path[length] not in around["properties"]
    return False


def _is_no_number(path: tuple[str, ...], tool: Tool) -> bool:
    types = types_of(schema_at(tool, path))
    return types is not None and types <= _NO_NUMBERS


def _is_asked_for(path: tuple[str, ...], rules: ToolRules) -> bool:
    """Whether a `require` asks about the argument, and so denies its absence with a message of its own."""
    return any(condition.path == path for predicate in rules.require for condition in predicate.conditions)
