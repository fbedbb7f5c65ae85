r"""STR08."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.conditions import Placed, denied, required
from policyctl.lint.roles import Role
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.strangers import (
    Hostile,
    admits,
    any_host,
    before,
    behind,
    constants,
    hosts,
    in_another_part,
    let_in,
    pattern_of,
    permits_anywhere,
    role,
)
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.policy import Op
from policyctl.pattern.tokens import runs
from policyctl.source.pointer import format_path


class AddressJudgedAsText(Rule):
    r"""A test of an address finds the trusted host where it is not the host.

    ## Why is this bad?

    A pattern reads an address from left to right; a client takes it apart first. `https://api.example.com:x@evil.example/` has a user
    and a password before its host, and `https://evil.example/.example.com/` has a path behind it: `.*` and `[^/]*` reach over
    these signs. An address by number has many spellings, so that a denial of `169.254.169.254` does not see `http://2852039166/`.

    ## What to do instead

    Require scheme, host and the slash behind it as one piece, and of a subdomain no more than its letters:
    `^https://([a-z0-9-]+\.)*example\.com/`. Keep clients from internal addresses in the network, where an address
    has one form only; a denial of spellings can only stand beside that.

    ## What it looks at

    Requirements on addresses that name a host, and denials of addresses of the machine itself and of the cloud's metadata.
    It is found only if some call passes all rules of the tool with such an address, and that call is shown.
    """

    code = "STR08"
    name = "address-judged-as-text"
    severity = Severity.ERROR
    refs = ("CWE-918", "CWE-20", "CWE-184", "ASI02", "MCP10:2025")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "fetch": {
      "require": [{"conditions": [{"path": "args.url", "op": "regex", "value": "^https://.*\\.example\\.com/"}]}]
                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not the host
    }
  }
}
"""
    good = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "fetch": {
      "require": [{"conditions": [{"path": "args.url", "op": "regex", "value": "^https://[a-z]+\\.example\\.com/"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in required(subject):
            if role(each) is Role.ADDRESS and each.condition.op is Op.REGEX:
                yield from _permitted(subject, each)
        told: set[tuple[str, tuple[str, ...]]] = set()
        for each in denied(subject):
            where = (each.rules.name, each.condition.path)
            if role(each) in {Role.ADDRESS, Role.HOST} and where not in told:
                for finding in _unseen(subject, each):
                    told.add(where)
                    yield finding


def _permitted(subject: Subject, each: Placed) -> Iterator[Finding]:
    pattern = str(each.condition.value)
    named = hosts(pattern)
    if not named or permits_anywhere(pattern, Role.ADDRESS) or any_host(pattern, Role.ADDRESS):
        return
    if any(admits(pattern, where(pattern, host, Role.ADDRESS)) for host in named for where in (before, behind)):
        return  # STR02 speaks of it.
    for host in named:
        args = let_in(subject, each, in_another_part(pattern, host))
        if args is None:
            continue
        yield Finding(
            f"{each.pointer}/value",
            f"`{host.name}` may stand in `{format_path(each.condition.path)}` where it is not the host",
            help=f"let nothing but letters, digits, `-` and `.` stand before `{host.name}`, and `/` behind it",
            notes=(f"this call passes: {call_text(args)}",),
        )
        return


#: Addresses that a client of a server should not be sent to, and other spellings of them.
_INNER = (
    (("169.254.",), "169.254.169.254", r"(?:2852039166|\[::ffff:a9fe:a9fe\]|0xa9fea9fe)"),
    (("127.0.", "localhost"), "127.0.0.1", r"(?:2130706433|\[::ffff:7f00:1\]|127\.1|0x7f000001)"),
)


def _unseen(subject: Subject, each: Placed) -> Iterator[Finding]:
    for pointer, text in _denied_texts(each):
        for signs, address, spellings in _INNER:
            if not any(sign in text for sign in signs):
                continue
            scheme = "https?://" if role(each) is Role.ADDRESS else ""
            args = let_in(subject, each, Hostile(f"^{scheme}{spellings}/?$"))
            if args is not None:
                yield Finding(
                    pointer,
                    f"`{address}` is denied in one spelling, and has others",
                    help="require the hosts that are meant, and shut inner addresses out in the network",
                    notes=(f"this call passes: {call_text(args)}",),
                )
                return


def _denied_texts(each: Placed) -> Iterator[tuple[str, str]]:
    """What is denied, as text, and where that is written."""
    yield from constants(each)
    pattern = pattern_of(each)
    if pattern is not None:
        yield f"{each.pointer}/value", "".join(run.text for run in runs(pattern))
