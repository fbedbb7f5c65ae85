"""LIM11."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import words
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.model.catalog import Category, Tag

_MANY = frozenset({"list", "search", "export", "dump", "download", "query", "find", "backup"})
_PRIVATE = frozenset({Tag.PRIVATE_DATA, Tag.CREDENTIALS})


class UnboundedExtraction(Rule):
    """A tool that lists or exports private data may be called without end.

    ## Why is this bad?

    Reading one customer is a task, reading all of them is a leak. A tool that searches, lists or exports gives many
    records a call, and without a limit an agent that was talked into it takes the whole store, page by page.

    ## What to do instead

    Add a `rate_limit` that fits the work, or a limit of `all_tools`.

    ## What it looks at

    Tools of class Read whose catalog marks them as a source of private data or credentials, and whose name says that they
    give many.
    """

    code = "LIM11"
    name = "unbounded-extraction"
    severity = Severity.INFO
    precision = Precision.MEDIUM
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-770", "MCP10:2025")
    catalog = '[{"name": "export_contacts", "category": "Read", "risk": "Medium", "tags": ["private-data"]}]'
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "export_contacts": {}
    ^^^^^^^^^^^^^^^^^ no limit
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "export_contacts": {"rate_limit": {"max": 5, "window": "hour"}}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for tool in subject.open_tools:
            gives_many = not _MANY.isdisjoint(words(tool.name)) or Tag.BULK in tool.tags
            is_private = tool.category is Category.READ and not _PRIVATE.isdisjoint(tool.tags)
            if gives_many and is_private and not subject.policy.limits_of(tool.name):
                is_listed = tool.name in subject.policy.tools
                yield Finding(
                    tool_pointer(tool.name) if is_listed else "/default",
                    f"`{tool.name}` gives private data, many at a time, and no limit counts its calls",
                    help="add a `rate_limit`, or a limit of `all_tools`",
                    at_key=is_listed,
                )
