"""FLW06."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.names import words
from policyctl.lint.open_tools import loose_tools, opened_at
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import EVERYTHING, Subject
from policyctl.model.catalog import Category, Tag, Tool

_CALLS = frozenset({"call", "run", "execute", "exec", "invoke", "dispatch", "trigger", "batch", "use"})
_CALLED = frozenset({"tool", "tools", "workflow", "workflows", "action", "actions", "function", "pipeline", "macro"})


class UnboundedDispatcher(Rule):
    """A tool that runs code or other tools is open, whatever it is given.

    ## Why is this bad?

    The policy decides by the name of a tool, and here the name says nothing: what happens is in the arguments. Rules about
    the tools that are called inside are never asked, and code can do what no tool of the server does.

    ## What to do instead

    Bound what may be run: a `require` that lists the names, commands or statements that are known. Where that cannot be,
    let a person see each call: `action: require_approval`.

    ## What it looks at

    Tools of class Execute about whose arguments no rule says anything. A tool without arguments runs the same each time, and
    is passed over.
    """

    code = "FLW06"
    name = "unbounded-dispatcher"
    severity = Severity.ERROR
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-94", "CWE-78", "CWE-862", "ASI05", "MCP05:2025", "AML.T0050")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "call_tool": {"rate_limit": {"max": 10, "window": "minute"}}
    ^^^^^^^^^^^ calls other tools
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "call_tool": {"require": [{"conditions": [{"path": "args.name", "op": "in", "value": ["get_time", "get_weather"]}]}]}
  }
}
"""
    catalog = """[{"name": "call_tool", "category": "Execute", "risk": "High", "tags": ["code"],
      "inputSchema": {"type": "object", "properties": {"name": {"type": "string"}, "arguments": {"type": "object"}}}}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        if EVERYTHING in subject.hidden:
            return
        for tool in loose_tools(subject):
            if tool.category is not Category.EXECUTE or not _takes_something(tool):
                continue
            does = "calls other tools" if _is_dispatcher(tool) else "runs code" if Tag.CODE in tool.tags else None
            if does:
                pointer, at_key = opened_at(subject, tool.name)
                yield Finding(
                    pointer,
                    f"`{tool.name}` {does}, and no rule looks at what it is given",
                    help="list what it may run in a `require`, or let a person see it: `action: require_approval`",
                    at_key=at_key,
                )


def _is_dispatcher(tool: Tool) -> bool:
    named = set(words(tool.name))
    return bool(named & _CALLS) and bool(named & _CALLED)


def _takes_something(tool: Tool) -> bool:
    """Whether there is an argument, as far as the schema says; of a tool without one nothing is known."""
    schema = tool.input_schema
    return not schema or bool(schema.get("properties") or schema.get("additionalProperties"))
