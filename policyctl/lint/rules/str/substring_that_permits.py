r"""STR01."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from policyctl.diagnostic import Fix, Severity
from policyctl.lint.anchors import is_open
from policyctl.lint.conditions import Placed, required
from policyctl.lint.names import singular, words
from policyctl.lint.roles import Role
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.strangers import Hostile, admits, let_in, pattern_of, permits_anywhere, role
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.model.policy import Op
from policyctl.pattern.tokens import Kind, runs, tokens
from policyctl.source.edit import replace
from policyctl.source.pointer import format_path


class SubstringThatPermits(Rule):
    r"""A requirement is met by a text that only contains what is trusted.

    ## Why is this bad?

    A pattern is found anywhere in a text unless it is anchored, and `contains` always looks anywhere. Whoever chooses the
    rest of the text chooses what it means: `https://evil.example/?https://api.example.com/` contains the trusted address,
    `git status; rm -rf /` the trusted command, `not-staging` the trusted name.

    ## What to do instead

    Anchor the pattern at both ends: `^…$`, with `^(?:a|b)$` around alternatives, since an anchor belongs to the alternative
    that it stands in. Where few texts are trusted, list them: `in`.

    ## What it looks at

    Requirements on arguments that lead somewhere by their name: addresses, hosts, recipients, paths, commands, SQL,
    identifiers. It is found only if some call passes all rules of the tool with such a text, and that call is shown. An
    address or a path that is open at its end is a matter of `STR02`, `STR07` and `STR08`. In `deny_if` a pattern
    without anchors is the safe way.
    """

    code = "STR01"
    name = "substring-that-permits"
    severity = Severity.ERROR
    refs = ("CWE-777", "CWE-625", "CWE-184", "ASI02")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "fetch": {
      "require": [{"conditions": [{"path": "args.url", "op": "regex", "value": "https://api\\.example\\.com/"}]}]
                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ contain
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
      "require": [{"conditions": [{"path": "args.url", "op": "regex", "value": "^https://api\\.example\\.com/"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in required(subject):
            pattern = pattern_of(each)
            if pattern is None or (question := _question(each, pattern)) is None:
                continue
            args = let_in(subject, each, question.hostile)
            if args is not None and not admits(pattern, question.stranger):
                shown = format_path(each.condition.path)
                yield Finding(
                    f"{each.pointer}/value",
                    f"`{shown}` {question.may}",
                    help=question.help,
                    notes=(f"this call passes: {call_text(args)}",),
                    severity=Severity.WARNING if role(each) is Role.OTHER else None,
                    fix=_fix(subject, each) if role(each) is Role.OTHER else None,
                )


@dataclass(frozen=True, slots=True)
class _Question:
    """A text that should not pass, one whose passing would show that anything may, and what to say of it."""

    hostile: Hostile
    stranger: Hostile
    may: str
    help: str


def _question(each: Placed, pattern: str) -> _Question | None:
    anchor = "anchor every alternative of the pattern: `^(?:…)$`"
    use = (
        anchor if each.condition.op is Op.REGEX else "use `in` with the texts that are allowed, or an anchored `regex`"
    )
    anywhere = "only has to contain this, wherever it stands"
    match role(each):
        case Role.ADDRESS | Role.HOST | Role.MAIL | Role.FILE as kind:
            known = permits_anywhere(pattern, kind)
            return None if known is None else _Question(known.hostile, known.stranger, anywhere, use)
        case Role.COMMAND if _says_a_word(pattern):
            return _Question(
                Hostile(r"^rm -rf /; |; rm -rf /$"), Hostile(r"^rm -rf /$"), "may bring a second command along", _ENDED
            )
        case Role.QUERY if _READS.search(_said(pattern)):
            drop = "DROP TABLE users"
            return _Question(Hostile(f"; {drop}$"), Hostile(f"^{drop}$"), "may bring a second statement along", _ENDED)
        case Role.OTHER if each.condition.op is Op.REGEX and _is_identifier(each) and _is_telling(pattern):
            return _Question(Hostile(r"^other-(?s:.*)-other$"), Hostile(r"^other(-other)*$"), anywhere, anchor)
        case _:
            return None


_ENDED = (
    "list what is allowed with `in`, or leave `;`, `&`, `|` and line breaks out of what the pattern takes up to its `$`"
)
_READS = re.compile(r"select|show|describe|explain", re.IGNORECASE)
_IDENTIFIERS = frozenset({
    "id", "name", "key", "env", "environment", "branch", "ref", "project", "repo", "repository", "owner", "org",
    "organization", "account", "user", "username", "bucket", "namespace", "cluster", "region", "zone", "table", "database",
    "schema", "channel", "queue", "role", "service", "stage", "version", "image", "package", "group", "team", "tenant",
    "workspace", "currency", "coin", "symbol", "target", "destination", "recipient", "customer", "device", "instance",
})  # fmt: skip


def _is_identifier(each: Placed) -> bool:
    named = words(each.condition.path[-1])
    return bool(named) and singular(named[-1]) in _IDENTIFIERS


def _is_telling(pattern: str) -> bool:
    """Whether it is found as a part of a text, and asks for words or for characters of a kind: not just for some text."""
    return is_open(pattern) and (_says_a_word(pattern) or _names_a_kind(pattern))


def _says_a_word(pattern: str) -> bool:
    return any(sum(map(str.isalnum, run.text)) > 1 for run in runs(pattern))


def _names_a_kind(pattern: str) -> bool:
    """`[A-Z]{3}`: whoever repeats a class of his own means that there is nothing else."""
    parts = tokens(pattern)
    return any(
        token.kind is Kind.CLASS and not token.says.startswith("[^") and following.kind is Kind.REPEAT
        for token, following in pairwise(parts)
    )


def _said(pattern: str) -> str:
    return " ".join(run.text for run in runs(pattern))


def _fix(subject: Subject, each: Placed) -> Fix:
    """Calls that only contain what is asked for are denied by it, so that it is for a person to decide."""
    value = f"^(?:{each.condition.value})$" if "|" in str(each.condition.value) else f"^{each.condition.value}$"
    return Fix("anchor the pattern", (replace(subject.document, f"{each.pointer}/value", value),), is_safe=False)
