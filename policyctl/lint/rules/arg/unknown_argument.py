"""ARG01."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import Path, schema_at, types_of
from policyctl.lint.conditions import placed
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import joined, listing
from policyctl.model.catalog import Tool
from policyctl.model.policy import ToolRules
from policyctl.reading.suggest import closest
from policyctl.source.pointer import format_path


class UnknownArgument(Rule):
    """A condition or limit asks about an argument that the tool does not have.

    ## Why is this bad?

    An argument that is never there makes every condition on it false. In `require` the tool is shut, and in `deny_if` the
    denial never fires: a misspelt name is a hole that looks like a rule.

    ## What to do instead

    Write the name as the schema of the tool has it, capitals included. If the server has changed its arguments, renew the
    catalog with `policyctl catalog import`.

    ## What it cannot see

    It is silent where the schema allows other members than it lists, or does not list any.
    """

    code = "ARG01"
    name = "unknown-argument"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-628", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "transfer": {
      "deny_if": [{"conditions": [{"path": "args.amonut", "op": "gt", "value": 100}]}],
                                                 ^^^^^^ no argument
      "require": [{"conditions": [{"path": "args.amount", "op": "exists", "value": true}]}]
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
      "deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 100}]}],
      "require": [{"conditions": [{"path": "args.amount", "op": "exists", "value": true}]}]
    }
  }
}
"""
    catalog = """
[{"name": "transfer", "inputSchema": {
  "type": "object", "properties": {"amount": {"type": "number"}, "to": {"type": "string"}}, "required": ["amount"]
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.policy.tools.values():
            tool = subject.tools.get(rules.name)
            if tool is not None and not subject.is_hidden(rules.name):
                for pointer, path in _asked(subject, rules):
                    yield from _unknown(tool, pointer, path)


def _asked(subject: Subject, rules: ToolRules) -> Iterator[tuple[str, Path]]:
    """Each place at which a path is written, and the path."""
    for each in placed(subject, rules):
        yield f"{each.pointer}/path", each.condition.path
    for limit in rules.limits:
        if limit.amount_from:
            yield f"{limit.pointer}/amount_from", limit.amount_from


def _unknown(tool: Tool, pointer: str, path: Path) -> Iterator[Finding]:
    for length, key in enumerate(path):
        schema = schema_at(tool, path[:length])
        known = format_path(path[:length])
        types = types_of(schema)
        if types is not None and "object" not in types:
            if "array" in types and key.isdecimal():
                return  # ARG14 speaks of it.
            is_ = joined([f"`{name}`" for name in sorted(types)], last="or")
            says, help_ = f"`{known}` is {is_}, and has no `{key}`", f"compare `{known}` itself"
        else:
            members = None if schema is None else _members(schema)
            if members is None:
                return
            if key in members:
                continue
            says = f"`{tool.name}` has no argument `{format_path(path[: length + 1])}`"
            help_ = _instead(path[length:], known, members)
        start = len(known) + 1
        yield Finding(pointer, says, help=help_, part=range(start, start + len(key)))
        return


def _instead(rest: Path, known: str, members: frozenset[str]) -> str:
    dotted = next((".".join(rest[:end]) for end in range(2, len(rest) + 1) if ".".join(rest[:end]) in members), None)
    if dotted:
        return f"`{dotted}` is one name, and no path reaches a name with a dot: bound the tool in another way"
    if not members:
        return f"`{known}` is always empty"
    near = closest(rest[0], members)
    return f"did you mean `{near}`?" if near else f"`{known}` has {listing(sorted(members), most=5)}"


def _members(schema: Mapping[str, Any]) -> frozenset[str] | None:
    """The members that an object can have; None where others are possible, or nobody says."""
    properties = schema.get("properties")
    if not isinstance(properties, Mapping) or (not properties and schema.get("additionalProperties") is not False):
        return None
    if schema.get("additionalProperties") or schema.get("patternProperties"):
        return None
    if any(word in schema for word in ("allOf", "anyOf", "oneOf", "if", "$ref", "dependentSchemas")):
        return None
    return frozenset(properties)
