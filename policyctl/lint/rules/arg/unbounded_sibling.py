"""ARG10."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import members_at, types_of
from policyctl.lint.conditions import Placed, constrained, placed
from policyctl.lint.roles import Role, role_of
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.policy import Op, ToolRules
from policyctl.source.pointer import format_path

#: Roles in which a second argument has the effect of the first.
_TELLING = frozenset({Role.ADDRESS, Role.MAIL, Role.HOST})
#: Operators that bound a text, and so show that somebody cares where it leads.
_BOUNDING = frozenset({Op.EQ, Op.IN, Op.NEQ, Op.NOT_IN, Op.REGEX, Op.CONTAINS})


class UnboundedSibling(Rule):
    """One argument is bounded, and another one that does the same is free.

    ## Why is this bad?

    A mail goes to `to`, and just as well to `cc` and `bcc`; a request goes to `url`, and its answer to `webhook_url`. Whoever
    may not write to a stranger in the first writes to him in the second.

    ## What to do instead

    Bound each of them, or require that the others are absent: `exists false`.

    ## What it looks at

    Arguments of the tool whose names say that they are recipients, web addresses or hosts, and that no rule of the tool
    asks about.
    """

    code = "ARG10"
    name = "unbounded-sibling"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-184", "CWE-201", "MCP10:2025", "AML.T0086")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "send_mail": {
      "require": [{"conditions": [{"path": "args.to", "op": "regex", "value": "^[a-z.]+@example\\\\.com$"}]}]
                                           ^^^^^^^^^ `args.bcc`
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "send_mail": {
      "require": [{"conditions": [
        {"path": "args.to", "op": "regex", "value": "^[a-z.]+@example\\\\.com$"},
        {"path": "args.bcc", "op": "exists", "value": false}
      ]}]
    }
  }
}
"""
    catalog = """
[{"name": "send_mail", "inputSchema": {
  "type": "object",
  "properties": {"to": {"type": "string"}, "bcc": {"type": "string"}, "body": {"type": "string"}},
  "required": ["to", "body"]
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            if subject.is_open(rules.name):
                yield from _free_ones(subject, rules)


def _free_ones(subject: Subject, rules: ToolRules) -> Iterator[Finding]:
    tool = subject.tools.get(rules.name)
    if tool is None:
        return
    asked = constrained(rules)
    told: set[tuple[tuple[str, ...], Role]] = set()
    for each in placed(subject, rules):
        path, role = each.condition.path, role_of(each.condition.path)
        where = (path[:-1], role)
        if role not in _TELLING or each.condition.op not in _BOUNDING or where in told:
            continue
        told.add(where)
        free = [
            (*path[:-1], name)
            for name, schema in members_at(tool, path[:-1]).items()
            if role_of((name,)) is role and (*path[:-1], name) not in asked and _takes_text(schema)
        ]
        if free:
            yield _finding(each, role, free)


def _finding(each: Placed, role: Role, free: list[tuple[str, ...]]) -> Finding:
    names = listing(map(format_path, free))
    is_ = "is free and" if len(free) == 1 else "are free and each"
    return Finding(
        f"{each.pointer}/path",
        f"`{format_path(each.condition.path)}` is bounded, and {names} {is_} {role.value} too",
        help=f"bound {names} as well, or require `exists false`",
    )


def _takes_text(schema: Mapping[str, Any]) -> bool:
    """Whether a stranger can be named in it."""
    types = types_of(schema)
    return "enum" not in schema and "const" not in schema and (types is None or bool(types & {"string", "array"}))
