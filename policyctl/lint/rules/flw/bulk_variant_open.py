"""FLW04."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import words
from policyctl.lint.open_tools import loose_tools, opened_at
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.variants import one_of
from policyctl.model.catalog import Category


class BulkVariantOpen(Rule):
    """A tool is denied, and the one that does the same to many things is open.

    ## Why is this bad?

    Deleting one file is refused, and deleting a list of files is not, of which one is a list as well. The way around the
    denial has the larger effect.

    ## What to do instead

    Deny both, or let a person see both.

    ## What it looks at

    Tools that are not of class Read and about whose arguments no rule says anything. That two tools are one and many is
    told from their names.
    """

    code = "FLW04"
    name = "bulk-variant-open"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-424", "CWE-862", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_file": {"action": "deny"},
    "bulk_delete_files": {}
    ^^^^^^^^^^^^^^^^^^^ `delete_file` is denied
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_file": {"action": "deny"},
    "bulk_delete_files": {"action": "deny"}
  }
}
"""
    catalog = """[
      {"name": "delete_file", "category": "Destructive", "risk": "Critical"},
      {"name": "bulk_delete_files", "category": "Destructive", "risk": "Critical"}
    ]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        named = set(subject.policy.tools) | subject.hidden
        shut = {
            words(name): name
            for name, tool in subject.tools.items()
            if name in named and subject.is_shut(name) and tool.category not in {Category.READ, None}
        }
        for tool in loose_tools(subject) if shut else ():
            one = one_of(tool.name)
            if one is not None and one in shut:
                pointer, at_key = opened_at(subject, tool.name)
                yield Finding(
                    pointer,
                    f"`{shut[one]}` is denied, and `{tool.name}` does the same to many at once",
                    help=f"deny `{tool.name}` too, or let a person see it: `action: require_approval`",
                    at_key=at_key,
                )
