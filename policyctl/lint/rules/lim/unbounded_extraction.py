"""LIM11."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import words
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.lint.wording import listing
from policyctl.model.catalog import Category, Risk, Tag, Tool

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

    Tools of class Read and more than low risk whose catalog marks them as a source of private data or credentials, and whose
    name says that they give many. All of them are one finding.
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
        names = [
            tool.name for tool in subject.open_tools if _gives_many(tool) and not subject.policy.limits_of(tool.name)
        ]
        if names:
            listed = next((name for name in names if name in subject.policy.tools), None)
            yield Finding(
                "/default" if listed is None else tool_pointer(listed),
                f"no limit counts the calls of {listing(names)}, which can give private data, many at a time",
                help="add a `rate_limit`, or a limit of `all_tools`",
                at_key=listed is not None,
            )


def _gives_many(tool: Tool) -> bool:
    is_private = tool.category is Category.READ and tool.risk is not Risk.LOW and not _PRIVATE.isdisjoint(tool.tags)
    return is_private and not _MANY.isdisjoint(words(tool.name))
