r"""STR02."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Fix, Severity
from policyctl.lint.conditions import Placed, required
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.strangers import (
    NAMES_HOSTS,
    Host,
    any_host,
    before,
    behind,
    hosts,
    let_in,
    misspelt,
    pattern_of,
    permits_anywhere,
    role,
)
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.policy import Op
from policyctl.source.edit import replace
from policyctl.source.pointer import format_path


class LooseHost(Rule):
    r"""A pattern for a host also takes a host that somebody else can register.

    ## Why is this bad?

    `example\.com$` is found in `evilexample.com`, `^https://example\.com` in `https://example.com.evil.example/`, and the dot in
    `^https://api.example\.com/` takes any character, `https://apixexample.com/` too. Each of them is a domain
    that a stranger can own.

    ## What to do instead

    Bound the name on both sides: `^` or `^https://` before it, `(^|\.)` or `([a-z0-9-]+\.)*` where subdomains are meant, `$` or `/`
    behind it; and write a dot as `\.`.

    ## What it looks at

    Requirements on addresses, hosts and recipients. It is found only if some call passes all rules of the tool with such a
    host, and that call is shown. In `deny_if` a pattern that takes more than was meant denies more.
    """

    code = "STR02"
    name = "loose-host"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    refs = ("CWE-1289", "CWE-625", "CWE-346", "ASI02", "MCP10:2025")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "fetch": {
      "require": [{"conditions": [{"path": "args.url", "op": "regex", "value": "^https://docs\\.example\\.com"}]}]
                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ only begins with
    },
    "lookup": {
      "require": [{"conditions": [{"path": "args.host", "op": "regex", "value": "example\\.com$"}]}]
                                                                                ^^^^^^^^^^^^^^^^ only ends in
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
      "require": [{"conditions": [{"path": "args.url", "op": "regex", "value": "^https://docs\\.example\\.com/"}]}]
    },
    "lookup": {
      "require": [{"conditions": [{"path": "args.host", "op": "regex", "value": "(^|\\.)example\\.com$"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in required(subject):
            pattern = pattern_of(each)
            if pattern is None or each.condition.op is not Op.REGEX or role(each) not in NAMES_HOSTS:
                continue
            named = hosts(pattern)
            if not named or permits_anywhere(pattern, role(each)) or any_host(pattern, role(each)):
                continue
            for host in named:
                yield from _loose(subject, each, host)


def _loose(subject: Subject, each: Placed, host: Host) -> Iterator[Finding]:
    shown = format_path(each.condition.path)
    if (
        host.dots
        and (args := let_in(subject, each, misspelt(str(each.condition.value), host, host.dots[0][0], role(each))))
        is not None
    ):
        yield Finding(
            f"{each.pointer}/value",
            f"a dot of `{host.name}` is not escaped, so any character may stand there",
            help="write it as `\\.`",
            part=host.dots[0][1],
            # Behind the last dot stands a domain that nobody can register: what is wrong there opens little.
            severity=Severity.WARNING if host.dots[0][0] == host.name.rindex(".") else None,
            notes=(f"this call passes: {call_text(args)}",),
            fix=_fix(subject, each, host),
        )
    for says, hostile, help_ in (
        (
            f"another domain that only begins with `{host.name}`",
            behind(str(each.condition.value), host, role(each)),
            "end the host with `/`, or the pattern with `$`",
        ),
        (
            f"another domain that only ends in `{host.name}`",
            before(str(each.condition.value), host, role(each)),
            "put `^`, `@` or `\\.` before the name",
        ),
    ):
        args = let_in(subject, each, hostile)
        if args is not None:
            yield Finding(
                f"{each.pointer}/value",
                f"`{shown}` may be {says}",
                help=help_,
                part=host.part,
                notes=(f"this call passes: {call_text(args)}",),
            )
            return


def _fix(subject: Subject, each: Placed, host: Host) -> Fix:
    """Fewer hosts pass, and none that did not pass before."""
    text = str(each.condition.value)
    for _, place in reversed(host.dots):
        text = f"{text[: place.start]}\\.{text[place.stop :]}"
    edit = replace(subject.document, f"{each.pointer}/value", text)
    return Fix("escape the dots of the host", (edit,), is_safe=False)
