"""ARG11."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import members_at, types_of
from policyctl.lint.conditions import constrained
from policyctl.lint.names import singular, words
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.lint.wording import listing
from policyctl.model.policy import ToolRules
from policyctl.source.pointer import format_path

#: An argument with such a word takes instructions that are not looked at.
_RAW = frozenset({"raw", "extra", "additional", "custom", "arbitrary", "passthrough", "override", "advanced"})
_INSTRUCTION = frozenset({"sql", "script", "command", "cmd", "shell", "code", "expression", "statement", "eval"})


class FreeFormArgument(Rule):
    """Some arguments are bounded, and one that takes instructions of any kind is free.

    ## Why is this bad?

    The rules look at `table`, and `raw_query` can name any table. What the bounded arguments refuse, the free one says in
    its own language, and nothing in the policy reads it.

    ## What to do instead

    Require that the argument is absent (`exists false`), or bound it to what is known to be harmless.
    """

    code = "ARG11"
    name = "free-form-argument"
    severity = Severity.WARNING
    precision = Precision.MEDIUM
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-89", "CWE-78", "CWE-184", "MCP05:2025")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "find_rows": {
    ^^^^^^^^^^^ `args.raw_sql`
      "require": [{"conditions": [{"path": "args.table", "op": "in", "value": ["orders", "items"]}]}]
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "find_rows": {
      "require": [{"conditions": [
        {"path": "args.table", "op": "in", "value": ["orders", "items"]},
        {"path": "args.raw_sql", "op": "exists", "value": false}
      ]}]
    }
  }
}
"""
    catalog = """
[{"name": "find_rows", "inputSchema": {
  "type": "object", "properties": {"table": {"type": "string"}, "raw_sql": {"type": "string"}}, "required": ["table"]
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            free = _free(subject, rules) if subject.is_open(rules.name) else []
            if free:
                names = listing(free)
                yield Finding(
                    tool_pointer(rules.name),
                    f"`{rules.name}` has bounds, and {names} takes instructions that none of them reads",
                    help=f"require that {names} is absent (`exists false`), or bound it",
                    at_key=True,
                )


def _free(subject: Subject, rules: ToolRules) -> list[str]:
    tool, asked = subject.tools.get(rules.name), constrained(rules)
    if tool is None or not asked:
        return []
    roots = {path[0] for path in asked}
    return [
        format_path((name,))
        for name, schema in members_at(tool, ()).items()
        if name not in roots
        and _is_instruction(name)
        and "enum" not in schema
        and types_of(schema) == frozenset({"string"})
    ]


def _is_instruction(name: str) -> bool:
    """`raw_query`, `custom_command`, `sql`: words that somebody runs; not `language_code` or `zip_code`."""
    named = [singular(word) for word in words(name)]
    if len(named) == 1:
        return named[0] in _INSTRUCTION - {"code", "expression"}
    return named[0] in _RAW and named[-1] in _INSTRUCTION | {"query", "arg", "argument", "parameter", "flag", "option"}
