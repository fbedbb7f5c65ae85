r"""STR10."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import schema_at, types_of
from policyctl.lint.conditions import Placed, required
from policyctl.lint.names import singular, words
from policyctl.lint.roles import Role
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.strangers import Hostile, let_in, role
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.policy import Op
from policyctl.pattern.quote import quote
from policyctl.source.pointer import format_path


class PartOfAName(Rule):
    r"""`contains` was meant for an element of a list, and the argument is a text.

    ## Why is this bad?

    On a list `contains` looks for an equal element, on a text for a part of it. A scope that has to contain `read` may be
    `spread`, and a role that has to contain `admin` may be `not-admin`.

    ## What to do instead

    Compare the whole text with `eq` or `in`. Of a text that lists names ask with the signs between them:
    `regex` `(^|[ ,])read([ ,]|$)`.

    ## What it looks at

    Requirements on arguments whose name says that they hold names (roles, scopes, labels, groups), where the schema says
    that they are texts. It is found only if some call passes all rules of the tool with a longer name, and that call is shown.
    """

    code = "STR10"
    name = "part-of-a-name"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-187", "CWE-697")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_key": {
      "require": [{"conditions": [{"path": "args.scope", "op": "contains", "value": "read"}]}]
                                                               ^^^^^^^^^^ any part
    }
  }
}
"""
    good = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "create_key": {
      "require": [{"conditions": [{"path": "args.scope", "op": "in", "value": ["read", "read:packages"]}]}]
    }
  }
}
"""
    catalog = """
[{"name": "create_key", "inputSchema": {
  "type": "object", "properties": {"scope": {"type": "string"}, "name": {"type": "string"}}
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in required(subject):
            value = each.condition.value
            if each.condition.op is not Op.CONTAINS or not _is_name(value) or not _holds_names(each):
                continue
            args = let_in(subject, each, Hostile(rf"^not-{quote(str(value))}-at-all$"))
            if args is not None:
                yield Finding(
                    f"{each.pointer}/op",
                    f"`{format_path(each.condition.path)}` is a text, of which `{value}` may be any part",
                    help="compare the whole text: `eq` or `in`",
                    notes=(f"this call passes: {call_text(args)}",),
                )


_NAMES = frozenset({
    "role", "scope", "permission", "label", "tag", "group", "category", "member", "team", "feature", "type", "environment",
    "env", "status", "state", "region", "level", "tier", "plan", "visibility", "access", "privilege",
})  # fmt: skip


def _is_name(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_:.-]+", value) is not None


def _holds_names(each: Placed) -> bool:
    """Whether the argument is a text that holds one or more names."""
    last = words(each.condition.path[-1])[-1:]
    types = types_of(schema_at(each.tool, each.condition.path))
    return role(each) is Role.OTHER and bool(_NAMES & set(map(singular, last))) and types == frozenset({"string"})
