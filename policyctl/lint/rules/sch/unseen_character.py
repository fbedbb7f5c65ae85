"""SCH06."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.catalog.suspect.hidden import hidden_in, named
from policyctl.catalog.suspect.names import alike
from policyctl.diagnostic import Severity, Span
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.source.pointer import split

_PLAIN = re.compile(r"[\t\n\r -~]*")
#: What people read and no call is compared with.
_PROSE = frozenset({"on_deny", "reason", "description"})


class UnseenCharacter(Rule):
    r"""A name or a value is another one than it looks.

    ## Why is this bad?

    With a Cyrillic letter in place of a Latin one, or with a character that does not show, a rule is about a tool that does
    not exist or a value that nobody sends. A denial of that kind denies nothing, and no review of the policy sees it.

    ## What to do instead

    Type it anew. Where the character is meant, write it as an escape (`\u200b`), so that it shows.

    ## What it looks at

    Characters that do not show, anywhere in the document; and words in Latin letters but for a few of another script that
    are drawn alike, in names and values. Patterns may list such letters on purpose, and messages are for people.
    """

    code = "SCH06"
    name = "unseen-character"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    refs = ("CWE-1007", "MCP03:2025")
    bad = """
{
  "version": "1",
  "default": "allow",
  "hide": ["delete_rep\u043e"]
           ^^^^^^^^^^^^^ U+043E
}
"""
    good = """
{
  "version": "1",
  "default": "allow",
  "hide": ["delete_repo"]
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        document = subject.document
        # Most policies are plain, and to find the places of everything in them takes a syntax tree.
        if _PLAIN.fullmatch(document.text):
            return
        for pointer, place in document.places.items():
            is_value = isinstance(document.value(pointer), str)
            for span, at_key in ((place.key, True), (place.value if is_value else None, False)):
                if span is None:
                    continue
                odd = _odd(_raw(subject, span), is_compared=at_key or _is_compared(subject, pointer))
                if odd:
                    what = "name" if at_key else "value"
                    help_ = "type it anew, or write it as an escape, so that it shows"
                    yield Finding(pointer, f"this {what} holds {odd}", help_, at_key)


def _raw(subject: Subject, span: Span) -> str:
    """As it is written: an escape shows what it stands for."""
    return subject.document.text[span.start.offset : span.end.offset]


def _odd(raw: str, *, is_compared: bool) -> str | None:
    if hidden := hidden_in(raw):
        return f"{named(hidden)}, which does not show"
    letters = alike(raw) if is_compared else ()
    return f"{named(letters)}, which looks like a Latin letter" if letters else None


def _is_compared(subject: Subject, pointer: str) -> bool:
    """Whether calls are compared with the value, letter by letter."""
    keys = split(pointer)
    if keys[-1:] and keys[-1] in _PROSE:
        return False
    beside = subject.document.value(pointer.rpartition("/")[0]) if keys else None
    return not (isinstance(beside, dict) and beside.get("op") == "regex")
