"""FLW05."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import words
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.variants import unversioned


class OtherVersionOpen(Rule):
    """A tool is denied, and the default opens another version of it.

    ## Why is this bad?

    `create_issue` is refused and `create_issue_v2` is not: whoever wrote the denial thought of one name, and the server has
    two for the same thing.

    ## What to do instead

    Give both the same rules, or list the other one where you mean it to be open.

    ## What it cannot see

    Whether an old version is denied because it is old. So a version that the policy lists is taken for one that was chosen.
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
  "default": "allow",
             ^^^^^^^ `create_issue` is denied
  "hide": ["create_issue"]
}
"""
    good = """
{
  "version": "1",
  "default": "allow",
  "hide": ["create_issue", "create_issue_v2"]
}
"""
    catalog = """[{"name": "create_issue"}, {"name": "create_issue_v2"}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        named = set(subject.policy.tools) | subject.hidden
        shut = {_key(name): name for name in subject.tools if name in named and subject.is_shut(name)}
        for tool in subject.open_tools if shut else ():
            other = None if tool.name in subject.policy.tools else shut.get(_key(tool.name))
            if other is not None:
                yield Finding(
                    "/default",
                    f"`{other}` is denied, and the default opens `{tool.name}`, another version of it",
                    help="give both the same rules",
                )


def _key(name: str) -> tuple[str, ...]:
    """Equal for versions of one tool."""
    return unversioned(name) or words(name)
