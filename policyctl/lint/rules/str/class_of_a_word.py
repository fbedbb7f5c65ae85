r"""STR03."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.conditions import live
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.subject import Subject
from policyctl.model.policy import Op
from policyctl.pattern.tokens import Kind, tokens
from policyctl.source.pointer import format_path


class ClassOfAWord(Rule):
    r"""Brackets hold a word, and stand for one of its letters.

    ## Why is this bad?

    `[^company.com]` is not "anything but company.com": it is one character that is none of `c`, `o`, `m`, `p`, `a`, `n`, `y` and the dot.
    So `@[^company.com$]` finds `@evil.example`, and finds `@intranet.company.com` as well. `[prod|staging]` is one letter.

    ## What to do instead

    Write alternatives in a group: `(?:prod|staging)`. RE2 has no "not this word" in a pattern: put the word into `deny_if`, or
    require what is allowed.

    ## What it looks at

    Classes that name a letter twice between words, that hold words with `|` between them, or that exclude a word. A class of
    single letters, such as `[aeiou]` or `[rwx]`, is passed over.
    """

    code = "STR03"
    name = "class-of-a-word"
    severity = Severity.ERROR
    refs = ("CWE-185", "CWE-697", "ASI02")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "send_mail": {
      "deny_if": [{"conditions": [{"path": "args.to", "op": "regex", "value": "@[^company.com$]"}]}]
                                                                                ^^^^^^^^^^^^^^^ one character
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
      "require": [{"conditions": [{"path": "args.to", "op": "regex", "value": "^[^@, ]+@company\\.com$"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in live(subject):
            if each.condition.op is not Op.REGEX:
                continue
            for token in tokens(str(each.condition.value)):
                if token.kind is Kind.CLASS and (word := _word(token.says)):
                    yield Finding(
                        f"{each.pointer}/value",
                        f"`{token.says}` on `{format_path(each.condition.path)}` is one character, not {word}",
                        help="write words in a group, `(?:a|b)`, and what must not be there in `deny_if`",
                        part=range(token.start, token.stop),
                    )


_LETTERS = re.compile(r"[A-Za-z]{4,}")
_WORDS = re.compile(r"[A-Za-z]{2,}(?:\|[A-Za-z]{2,})+")
_VOWELS = frozenset("aeiouAEIOU")


def _word(written: str) -> str | None:
    """What the brackets were meant to be."""
    is_negated = written.startswith("[^")
    # Ranges and escapes are what belongs into a class; what is left in one piece may be a word.
    inside = re.sub(r"\[:\^?[a-z]+:\]|\\.|.-.", " ", written[2 if is_negated else 1 : -1])
    if _WORDS.search(inside):
        return "one of these words"
    word = max(_LETTERS.findall(inside), key=len, default="")
    if not _is_spoken(word):
        return None
    if is_negated:
        return f"anything but `{word}`"
    is_doubled = len(set(word.lower())) < len(word)
    return f"the word `{word}`" if is_doubled else None


def _is_spoken(word: str) -> bool:
    """Whether somebody wrote it as a word: it has both vowels and consonants, in no alphabetical order, and small letters."""
    letters = set(word)
    return (
        bool(letters & _VOWELS)
        and bool(letters - _VOWELS)
        and list(word) != sorted(word)
        and (word[1:].islower() or (word.isupper() and len(word) > len(letters)))
    )
