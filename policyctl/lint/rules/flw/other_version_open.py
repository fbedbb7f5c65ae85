"""FLW05."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import words
from policyctl.lint.open_tools import opened_at
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.variants import unversioned


class OtherVersionOpen(Rule):
    """A tool is denied, and another version of it is open.

    ## Why is this bad?

    `create_issue` is refused and `create_issue_v2` is not: whoever wrote the denial thought of one name, and the server has
    two for the same thing.

    ## What to do instead

    Give both the same rules, or say in a comment why one of them is harmless.
    """

    code = "FLW05"
    name = "other-version-open"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-424", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "hide": ["create_issue"],
  "tools": {
    "create_issue_v2": {}
    ^^^^^^^^^^^^^^^^^ `create_issue` is denied
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "hide": ["create_issue", "create_issue_v2"]
}
"""
    catalog = """[{"name": "create_issue"}, {"name": "create_issue_v2"}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        named = set(subject.policy.tools) | subject.hidden
        shut = {_key(name): name for name in subject.tools if name in named and subject.is_shut(name)}
        for tool in subject.open_tools if shut else ():
            other = shut.get(_key(tool.name))
            if other is not None:
                pointer, at_key = opened_at(subject, tool.name)
                yield Finding(
                    pointer,
                    f"`{other}` is denied, and `{tool.name}`, another version of it, is open",
                    help="give both the same rules",
                    at_key=at_key,
                )


def _key(name: str) -> tuple[str, ...]:
    """Equal for versions of one tool."""
    return unversioned(name) or words(name)
