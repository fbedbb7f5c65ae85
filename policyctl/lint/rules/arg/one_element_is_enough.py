"""ARG09."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import schema_at, types_of
from policyctl.lint.conditions import required
from policyctl.lint.logic import slips_through
from policyctl.lint.names import singular, words
from policyctl.lint.roles import Role, role_of
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text, written
from policyctl.model.policy import Condition, Op
from policyctl.source.pointer import format_path

#: Stands for any element that the policy does not name.
_STRANGER = "stranger"
#: Lists whose every element does something; of labels and the like one may be a sign, and the others do not matter.
_EACH_ACTS = frozenset({
    "scope", "role", "permission", "privilege", "user", "member", "account", "address", "id", "key", "table", "resource",
    "repo", "repository", "project", "channel", "target", "device", "command", "package", "symbol", "bucket", "domain",
})  # fmt: skip


class OneElementIsEnough(Rule):
    """A requirement on a list is met by one element, whatever the others are.

    ## Why is this bad?

    `contains` holds as soon as one element is equal. A mail to the one address that is allowed may have a second
    recipient that is not, and the requirement is met.

    ## What to do instead

    Compare with the whole list: `in` with the lists that are allowed, such as `[["team@example.com"]]`. The language has no
    operator for "each element", so where more is needed the call has to go to a person: `action: require_approval`.

    ## What it looks at

    Lists whose elements all do something by their name: recipients, addresses, paths, ids, roles, scopes. A label that has
    to be there, whatever other labels are, is passed over.
    """

    code = "ARG09"
    name = "one-element-is-enough"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-183", "CWE-201", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "send_mail": {
      "require": [{"conditions": [{"path": "args.to", "op": "contains", "value": "team@example.com"}]}]
                                                            ^^^^^^^^^^ one element
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
      "require": [{"conditions": [{"path": "args.to", "op": "in", "value": [["team@example.com"]]}]}]
    }
  }
}
"""
    catalog = """
[{"name": "send_mail", "inputSchema": {
  "type": "object", "properties": {"to": {"type": "array", "items": {"type": "string"}}}, "required": ["to"]
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in required(subject):
            condition = each.condition
            if condition.op is not Op.CONTAINS or not subject.is_open(each.rules.name):
                continue
            if not _counts_each(condition.path) or types_of(schema_at(each.tool, condition.path)) != frozenset(
                {"array"}
            ):
                continue
            args = slips_through(subject, each.rules, Condition(condition.path, Op.CONTAINS, _STRANGER))
            if args is not None:
                shown = format_path(condition.path)
                yield Finding(
                    f"{each.pointer}/op",
                    f"`{shown}` is a list, in which one element `{written(condition.value)}` is enough",
                    help=f"compare the whole list: `in` with the lists that `{shown}` may be",
                    notes=(f"this call passes: {call_text(args)}",),
                )


def _counts_each(path: tuple[str, ...]) -> bool:
    last = words(path[-1])[-1:]
    return role_of(path) in {Role.MAIL, Role.ADDRESS, Role.HOST, Role.FILE, Role.COMMAND} or bool(
        _EACH_ACTS & set(map(singular, last))
    )
