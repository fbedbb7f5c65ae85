r"""STR11."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import schema_at, types_of
from policyctl.lint.conditions import Placed, placed
from policyctl.lint.names import words
from policyctl.lint.roles import Role
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.strangers import equal_to, role
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.policy import Op
from policyctl.source.pointer import format_path


class OtherSpelling(Rule):
    r"""A name is forbidden in one spelling, and the argument takes any text.

    ## Why is this bad?

    Texts are compared letter by letter. `Production` and `production ` with a blank are not `production` to the gateway, and may
    well be to the server, which cleans up what it is given.

    ## What to do instead

    Require the names that are allowed: `in`. What is not on the list is denied in every spelling.

    ## What it looks at

    `eq` and `in` in `deny_if`, `neq` and `not_in` in `require`, on arguments that are free texts in the schema and name one of a few
    things that servers know (`environment`, `role`, `currency`; not `branch`, where capitals matter). It is found only if some
    call passes all rules of the tool in the other spelling, and that call is shown. Whether the server takes it
    for the same name, only the server knows.
    """

    code = "STR11"
    name = "other-spelling"
    severity = Severity.INFO
    precision = Precision.MEDIUM
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-178", "CWE-179", "CWE-184")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "deploy": {
      "require": [{"conditions": [{"path": "args.environment", "op": "neq", "value": "production"}]}]
                                                                                     ^^^^^^^^^^^^ is not
    }
  }
}
"""
    good = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "deploy": {
      "require": [{"conditions": [{"path": "args.environment", "op": "in", "value": ["test", "staging"]}]}]
    }
  }
}
"""
    catalog = """
[{"name": "deploy", "inputSchema": {
  "type": "object", "properties": {"environment": {"type": "string"}}, "required": ["environment"]
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            if not subject.is_open(rules.name):
                continue
            told: set[tuple[str, ...]] = set()
            for each in placed(subject, rules):
                path = each.condition.path
                name = None if path in told else _forbidden(each)
                if name is None or not _is_free(each):
                    continue
                other = _in_other_letters(name)
                args = equal_to(subject, each, other)
                if args is not None:
                    told.add(path)
                    yield Finding(
                        f"{each.pointer}/value",
                        f"`{name}` is forbidden on `{format_path(path)}`, and `{other}` is not",
                        help="require the names that are allowed: `in`",
                        notes=(f"this call passes: {call_text(args)}",),
                    )


_FORBIDS = {"require": frozenset({Op.NEQ, Op.NOT_IN}), "deny_if": frozenset({Op.EQ, Op.IN})}


def _forbidden(each: Placed) -> str | None:
    """The first name that the condition forbids, if it forbids any."""
    if each.condition.op not in _FORBIDS[each.part]:
        return None
    value = each.condition.value
    names = value if isinstance(value, list) else [value]
    return next((name for name in names if isinstance(name, str) and name.isidentifier()), None)


#: Arguments whose values are a server's own words, so that it is free to read them kindly.
_VOCABULARIES = frozenset({
    "environment", "env", "stage", "region", "currency", "coin", "symbol", "asset", "role", "level", "mode", "status", "state",
    "tier", "plan", "severity", "priority", "country", "language", "method", "type", "kind", "action", "visibility", "scope",
})  # fmt: skip


def _is_free(each: Placed) -> bool:
    schema = schema_at(each.tool, each.condition.path)
    return (
        schema is not None
        and types_of(schema) == frozenset({"string"})
        and role(each) is Role.OTHER
        and bool(_VOCABULARIES & set(words(each.condition.path[-1])[-1:]))
        and not any(word in schema for word in ("enum", "const", "pattern"))
    )


def _in_other_letters(name: str) -> str:
    return name.capitalize() if name.capitalize() != name else name.lower()
