r"""STR05."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.diagnostic import Fix, Severity
from policyctl.lint.conditions import Placed, denied
from policyctl.lint.roles import Role
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.sql import first_keyword
from policyctl.lint.strangers import NAMES_HOSTS, equal_to, host_in, role, told_texts
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.policy import Op
from policyctl.source.edit import replace
from policyctl.source.pointer import format_path


class CaseSensitiveDenial(Rule):
    r"""A denial asks for capital or small letters where the server does not tell them apart.

    ## Why is this bad?

    `drop table` does what `DROP TABLE` does, and `EVIL.example` is `evil.example`. Comparisons tell them apart, so that a denial of
    the one lets the other pass.

    ## What to do instead

    Begin the pattern with `(?i)`. `contains`, `eq` and `in` have no such sign: write a `regex` instead, or require what is allowed.

    ## What it looks at

    Denials of words of SQL, and of hosts in addresses, hosts and recipients. It is found only if some call passes all rules of
    the tool in other letters, and that call is shown.
    """

    code = "STR05"
    name = "case-sensitive-denial"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    refs = ("CWE-178", "CWE-184", "ASI02")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "query": {
      "deny_if": [{"conditions": [{"path": "args.sql", "op": "regex", "value": "\\bDROP\\b"}]}]
                                                                               ^^^^^^^^^^^^ the denial on
    }
  }
}
"""
    good = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "query": {
      "deny_if": [{"conditions": [{"path": "args.sql", "op": "regex", "value": "(?i)\\bDROP\\b"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in denied(subject):
            for pointer, text in told_texts(each):
                if (finding := _evaded(subject, each, pointer, text)) is not None:
                    yield finding
                    break


def _evaded(subject: Subject, each: Placed, pointer: str, text: str) -> Finding | None:
    same = _same_to_a_server(text, role(each))
    for other in same:
        args = equal_to(subject, each, other)
        if args is not None:
            return Finding(
                pointer,
                f"the denial on `{format_path(each.condition.path)}` sees `{text}`, and not `{other}`",
                help="begin the pattern with `(?i)`" if each.condition.op is Op.REGEX else "write `regex` with `(?i)`",
                notes=(f"this call passes: {call_text(args)}",),
                fix=_fix(subject, each),
            )
    return None


def _same_to_a_server(text: str, kind: Role) -> tuple[str, ...]:
    """The text in other letters, as far as a server does not tell them apart."""
    others: tuple[str, ...] = ()
    if kind is Role.QUERY and first_keyword(text):
        others = (text.lower(), text.upper())
    elif kind in NAMES_HOSTS and (host := host_in(text)):
        others = tuple(text.replace(host, name) for name in (host.upper(), host.lower()))
    return tuple(other for other in others if other != text)


def _fix(subject: Subject, each: Placed) -> Fix | None:
    """More is denied by it, and nothing let through."""
    value = each.condition.value
    if each.condition.op is not Op.REGEX or not isinstance(value, str) or re.match(r"\(\?", value):
        return None
    edit = replace(subject.document, f"{each.pointer}/value", f"(?i){value}")
    return Fix("take letters of both cases", (edit,), is_safe=False)
