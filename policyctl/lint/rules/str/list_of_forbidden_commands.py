r"""STR06."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.conditions import Placed, denied
from policyctl.lint.names import words
from policyctl.lint.roles import Role
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.sql import first_keyword
from policyctl.lint.strangers import equal_to, role, told_texts
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text
from policyctl.source.pointer import format_path


class ListOfForbiddenCommands(Rule):
    r"""What must not be run is told from the rest by its words.

    ## Why is this bad?

    A shell takes `r''m -rf /`, `$(echo rm) -rf /` and a script that was written a call earlier for the same command, and a
    database `DROP/**/TABLE` for the same statement. A list of forbidden words is read by whoever wants around it.

    ## What to do instead

    Require one of the commands that are allowed, anchored at both ends and without `;`, `&`, `|`, quotes and line breaks;
    or let a person approve each call. A database takes orders from a role that may only read.

    ## What it looks at

    Denials on arguments that are shell commands or SQL by their name. It is found only if the same command passes all
    rules of the tool in other words, and that call is shown.
    """

    code = "STR06"
    name = "list-of-forbidden-commands"
    severity = Severity.ERROR
    refs = ("CWE-184", "CWE-78", "CWE-89", "MCP05:2025", "ASI05")
    bad = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "run": {
      "deny_if": [{"conditions": [{"path": "args.command", "op": "regex", "value": "\\brm\\b"}]}]
                                                                                   ^^^^^^^^^^ other spellings
    }
  }
}
"""
    good = r"""
{
  "version": "1",
  "default": "deny",
  "tools": {
    "run": {
      "require": [{"conditions": [{"path": "args.command", "op": "regex", "value": "^(make|git (status|diff|log))$"}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        told: set[tuple[str, tuple[str, ...]]] = set()
        for each in denied(subject):
            where = (each.rules.name, each.condition.path)
            finding = None if where in told else _evaded(subject, each)
            if finding is not None:
                told.add(where)
                yield finding


def _evaded(subject: Subject, each: Placed) -> Finding | None:
    for pointer, text in told_texts(each):
        other = _in_other_words(text, each)
        args = None if other is None else equal_to(subject, each, other)
        if args is not None:
            return Finding(
                pointer,
                f"`{format_path(each.condition.path)}` is bounded by what is forbidden, and `{text}` has other spellings",
                help="require the commands that are allowed, or let a person approve each call",
                notes=(f"this call passes: {call_text(args)}",),
            )
    return None


_WORD = re.compile(r"[A-Za-z]{2,}")
#: Names of arguments that a shell reads; `code` and `script` may be in any language.
_SHELL = frozenset({"command", "cmd", "shell", "bash"})


def _in_other_words(text: str, each: Placed) -> str | None:
    """The same to a shell or a database, in other letters; None where the text is not known to be for either."""
    match role(each):
        case Role.COMMAND if _SHELL & set(words(each.condition.path[-1])):
            word = _WORD.search(text)
            return None if word is None else f"{text[: word.start() + 1]}''{text[word.start() + 1 :]}"
        case Role.QUERY if first_keyword(text) and re.search(r"\w\s+\w", text):
            return re.sub(r"\s+", "/**/", text.strip())
        case _:
            return None
