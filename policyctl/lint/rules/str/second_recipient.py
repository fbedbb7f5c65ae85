r"""STR09."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import schema_at
from policyctl.lint.conditions import Placed, required
from policyctl.lint.roles import Role
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.slip import Slip, value_at
from policyctl.lint.strangers import (
    STRANGER,
    Host,
    Hostile,
    admits,
    any_host,
    before,
    behind,
    hosts,
    let_in,
    permits_anywhere,
    role,
)
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.policy import Op
from policyctl.pattern.quote import quote
from policyctl.source.pointer import format_path


class SecondRecipient(Rule):
    r"""A test of the domain of a mail address looks at the last of several recipients.

    ## Why is this bad?

    `@example\.com$` is found in `a@evil.example, b@example.com`. Many servers take a list with commas, semicolons or line breaks, and
    send to all that it names.

    ## What to do instead

    Say what may stand before the domain, up to the start of the text: `^[A-Za-z0-9._+-]+@example\.com$`.

    ## What it looks at

    Requirements on recipients, unless the schema says that the argument is a single address (`format: email`). It is found only
    if some call passes all rules of the tool with a stranger among its recipients, and that call is shown.
    """

    code = "STR09"
    name = "second-recipient"
    severity = Severity.WARNING
    refs = ("CWE-20", "CWE-625", "CWE-201", "ASI02")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "send_mail": {
      "require": [{"conditions": [{"path": "args.to", "op": "regex", "value": "@example\\.com$"}]}]
                                                                              ^^^^^^^^^^^^^^^^^ others beside
    }
  }
}
"""
    good = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "send_mail": {
      "require": [{"conditions": [{"path": "args.to", "op": "regex", "value": "^[a-z.]+@example\\.com$"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in required(subject):
            if role(each) is not Role.MAIL or each.condition.op is not Op.REGEX or _is_single(each):
                continue
            pattern = str(each.condition.value)
            if permits_anywhere(pattern, Role.MAIL) or any_host(pattern, Role.MAIL):
                continue
            for host in hosts(pattern):
                args = None if _is_loose(pattern, host) else let_in(subject, each, _among_others(host))
                if args is not None:
                    yield Finding(
                        f"{each.pointer}/value",
                        f"`{format_path(each.condition.path)}` may name others beside the one at `{host.name}`",
                        help="begin with what one address is made of: `^[A-Za-z0-9._+-]+@`",
                        notes=(f"this call passes: {call_text(args)}",),
                        slip=_with_two(each.rules.name, each.condition.path),
                    )
                    break


def _is_single(each: Placed) -> bool:
    schema = schema_at(each.tool, each.condition.path) or {}
    return schema.get("format") in {"email", "idn-email"}


def _is_loose(pattern: str, host: Host) -> bool:
    """Whether the domain itself is not bounded, of which STR02 speaks."""
    return any(admits(pattern, where(pattern, host, Role.MAIL)) for where in (before, behind))


def _among_others(host: Host) -> Hostile:
    return Hostile(rf"^[a-z]+@{STRANGER}[,;\n] ?[a-z]+@(?:[a-z]+\.)*{quote(host.name)}$")


def _with_two(tool: str, path: tuple[str, ...]) -> Slip:
    def has_two(args: Mapping[str, Any]) -> bool:
        value = value_at(args, path)
        return isinstance(value, str) and value.count("@") > 1

    return Slip(tool, has_two)
