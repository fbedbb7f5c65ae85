"""FLW03."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import singular, words
from policyctl.lint.open_tools import loose_tools, opened_at
from policyctl.lint.roles import Role, role_of
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import listing
from policyctl.model.catalog import Category, Tool

#: What statements of a database reach, and what commands of a shell reach.
_TABLES = frozenset(
    {"table", "row", "record", "column", "database", "schema", "index", "view", "document", "collection"}
)
_FILES = frozenset({"file", "directory", "folder", "process", "package", "disk", "path", "service", "container"})


class WayAroundADenial(Rule):
    """Tools are denied, and a tool that can do the same by its own language is open.

    ## Why is this bad?

    Whoever may not call `drop_table` writes `DROP TABLE` into `run_query`, and whoever may not delete a file has a shell.
    The denial only decides which of the two an agent tries second.

    ## What to do instead

    Bound what may be run, with a `require` that lists statements or commands, or let a person see it:
    `action: require_approval`.

    ## What it looks at

    Open tools of class Execute that take a statement or a command about which no rule says anything, and denied tools
    that change what such a statement or command reaches.
    """

    code = "FLW03"
    name = "way-around-a-denial"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-424", "CWE-78", "CWE-89", "ASI02", "MCP05:2025")
    bad = """
{
  "version": "1",
  "default": "deny",
  "hide": ["drop_table"],
  "tools": {
    "run_query": {"rate_limit": {"max": 10, "window": "minute"}}
    ^^^^^^^^^^^ `drop_table`
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "hide": ["drop_table"],
  "tools": {
    "run_query": {"require": [{"conditions": [{"path": "args.sql", "op": "regex", "value": "^SELECT [a-z_, ]+ FROM [a-z_]+$"}]}]}
  }
}
"""
    catalog = """[
      {"name": "drop_table", "category": "Destructive", "risk": "Critical"},
      {"name": "run_query", "category": "Execute", "risk": "High",
       "inputSchema": {"type": "object", "properties": {"sql": {"type": "string"}}}}
    ]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        shut = [tool for tool in subject.tools.values() if _changes(tool) and _is_shut_on_purpose(subject, tool)]
        for tool in loose_tools(subject):
            reached = _reaches(tool) if tool.category is Category.EXECUTE else frozenset()
            denied = [other.name for other in shut if not reached.isdisjoint(map(singular, words(other.name)))]
            if denied:
                pointer, at_key = opened_at(subject, tool.name)
                yield Finding(
                    pointer,
                    f"{listing(denied)} {'is' if len(denied) == 1 else 'are'} denied, and `{tool.name}` can do the same",
                    help=f"bound what `{tool.name}` may run, or let a person see it: `action: require_approval`",
                    at_key=at_key,
                )


def _changes(tool: Tool) -> bool:
    return tool.category in {Category.WRITE, Category.DESTRUCTIVE}


def _is_shut_on_purpose(subject: Subject, tool: Tool) -> bool:
    """Hidden or denied by name: what nobody has listed was not denied by anybody."""
    named = tool.name in subject.policy.tools or tool.name in subject.hidden
    return named and subject.is_shut(tool.name)


def _reaches(tool: Tool) -> frozenset[str]:
    """What the language of the tool's arguments can change."""
    properties = (tool.input_schema or {}).get("properties")
    names = [*properties] if isinstance(properties, dict) else []
    roles = {role_of((name,)) for name in names}
    named = set(words(tool.name))
    is_shell = Role.COMMAND in roles or bool(named & {"shell", "command", "bash", "terminal"})
    is_query = Role.QUERY in roles or bool(named & {"sql", "query"})
    return (_FILES if is_shell else frozenset()) | (_TABLES if is_query else frozenset())
