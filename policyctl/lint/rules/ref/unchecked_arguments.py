"""REF09."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.conditions import constrained
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer


class UncheckedArguments(Rule):
    """Rules ask about arguments of a tool whose schema lists none.

    ## Why is this bad?

    Whether the names in the rules are those of the server cannot be told: a misspelt one is found by nobody. The rules that
    look at schemas are silent about this tool.

    ## What to do instead

    Renew the catalog; if the server lists no schema, try each rule with `policyctl explain --call` and a real call.
    """

    code = "REF09"
    name = "unchecked-arguments"
    severity = Severity.INFO
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {"require": [{"conditions": [{"path": "args.amount", "op": "lte", "value": 5}]}]}
    ^^^^^ `pay`
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "pay": {}
  }
}
"""
    catalog = """[{"name": "pay", "inputSchema": {"type": "object"}}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            tool = subject.tools.get(rules.name)
            if tool is None or not constrained(rules):
                continue
            schema = tool.input_schema or {}
            if not set(schema) & {"properties", "$ref", "allOf", "anyOf", "oneOf", "patternProperties"}:
                yield Finding(
                    tool_pointer(rules.name),
                    f"the catalog has no arguments of `{rules.name}` with which its rules could be compared",
                    help="renew the catalog, or try each rule: `policyctl explain --call`",
                    at_key=True,
                )
