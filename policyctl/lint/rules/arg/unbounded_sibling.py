"""ARG10."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import Path, members_at, types_of
from policyctl.lint.conditions import Placed, constrained, placed
from policyctl.lint.logic import any_of, slips_with
from policyctl.lint.names import singular, words
from policyctl.lint.roles import Role, role_of
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text, listing
from policyctl.model.policy import Op, ToolRules
from policyctl.model.values import JSONValue
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

    Arguments of the tool whose names say that something is sent there (`cc`, `webhook_url`, `proxy_host`; not
    `customer_email`), that no rule of the tool asks about, and that some call names a stranger in and passes.
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
        if not _leads_out(path[-1], role) or each.condition.op not in _BOUNDING or where in told:
            continue
        told.add(where)
        free = {
            (*path[:-1], name): args
            for name, schema in members_at(tool, path[:-1]).items()
            if role_of((name,)) is role
            and _leads_out(name, role)
            and (*path[:-1], name) not in asked
            and (values := _strangers(schema, role))
            and (args := slips_with(subject, rules, [any_of((*path[:-1], name), values)])) is not None
        }
        if free:
            yield _finding(each, role, free)


def _finding(each: Placed, role: Role, free: Mapping[Path, Mapping[str, JSONValue]]) -> Finding:
    names = listing(map(format_path, free))
    is_ = "is free and" if len(free) == 1 else "are free and each"
    return Finding(
        f"{each.pointer}/path",
        f"`{format_path(each.condition.path)}` is bounded, and {names} {is_} {role.value} too",
        help=f"bound {names} as well, or require `exists false`",
        notes=(f"this call passes: {call_text(next(iter(free.values())))}",),
    )


def _strangers(schema: Mapping[str, Any], role: Role) -> list[JSONValue]:
    """Values that lead to a stranger, as far as the types of the argument go."""
    types, text = types_of(schema), _NAMES[role]
    values: dict[str, JSONValue] = {"string": text, "array": [text]}
    return [value for name, value in values.items() if types is None or name in types]


_NAMES = {Role.MAIL: "x@evil.example", Role.ADDRESS: "https://evil.example/", Role.HOST: "evil.example"}
#: Words of names under which something is sent, asked or fetched; `customer_email` and `homepage_url` are data.
_SENT = {
    Role.MAIL: frozenset({"to", "cc", "bcc", "reply", "email", "mail", "recipient", "mailto", "addressee", "address", "list"}),
    Role.ADDRESS: frozenset({
        "url", "uri", "href", "link", "webhook", "callback", "redirect", "endpoint", "proxy", "base", "target", "api",
        "source", "destination", "download", "upload", "sitemap", "feed", "remote", "server", "request", "notify", "hook",
    }),
    Role.HOST: frozenset({"host", "hostname", "domain", "fqdn", "target", "remote", "server", "proxy", "destination"}),
}  # fmt: skip


def _leads_out(name: str, role: Role) -> bool:
    return role in _TELLING and {singular(word) for word in words(name)} <= _SENT[role]
