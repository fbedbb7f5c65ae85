"""CAT06."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.rule import Finding, Need, Precision, Rule, Source
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.catalog import Tool


class UndescribedTool(Rule):
    """The catalog has no description or no schema of a tool.

    ## Why is this bad?

    The class of such a tool rests on its name alone, and what rules say of its arguments cannot be compared with anything.

    ## What to do instead

    Import the list that the server gives (`policyctl catalog import`), or record a review of the class.
    """

    code = "CAT06"
    name = "undescribed-tool"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    bad = """
{
  "version": "1",
  "server": {"id": "files", "name": "Files"},
  "tools": [
    {"name": "read_file", "description": "Read a file.", "inputSchema": {"type": "object"}},
    {"name": "stat", "inputSchema": {"type": "object"}},
             ^^^^^^ no description: `stat`
    {"name": "list_files", "description": "List files."}
             ^^^^^^^^^^^^ no schema: `list_files`
  ]
}
"""
    good = """
{
  "version": "1",
  "server": {"id": "files", "name": "Files"},
  "tools": [
    {"name": "read_file", "description": "Read a file.", "inputSchema": {"type": "object"}}
  ]
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        tools = [tool for tool in subject.tools.values() if tool.reviewed is None]
        yield from _missing("description", [tool for tool in tools if not (tool.description or tool.title)])
        yield from _missing("schema", [tool for tool in tools if tool.input_schema is None])


def _missing(what: str, tools: list[Tool]) -> Iterator[Finding]:
    """One finding for all of them, at the first."""
    if tools:
        count = "a tool has" if len(tools) == 1 else f"{len(tools):,} tools have"
        yield Finding(
            f"{tools[0].pointer}/name",
            f"{count} no {what}: {listing(tool.name for tool in tools)}",
            help="import the list that the server gives: `policyctl catalog import`",
            source=Source.CATALOG,
        )
