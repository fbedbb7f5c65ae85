"""LOG04."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Fix, Severity
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.model.policy import ToolRules
from policyctl.source.edit import replace


class RulesOnHiddenTool(Rule):
    """A hidden tool has rules that no call will reach.

    ## Why is this bad?

    `hide` denies every call of a tool before anything else is looked at. Whoever wrote the rules below believes that
    they protect something, or that the tool can be used within them; neither is so.

    ## What to do instead

    Take the name out of `hide` if the rules are meant to decide, or leave the tool with `{}` if it is to stay hidden.
    """

    code = "LOG04"
    name = "rules-on-hidden-tool"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    refs = ("CWE-561",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "hide": ["drop_table"],
  "tools": {
    "drop_table": {"limits": [{"counter": "drops", "max": 1, "window": "day"}]}
    ^^^^^^^^^^^^ hidden
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "hide": ["drop_table"],
  "tools": {
    "drop_table": {}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.policy.tools.values():
            if subject.is_hidden(rules.name) and _says_something(rules):
                pointer = tool_pointer(rules.name)
                yield Finding(
                    pointer,
                    f"`{rules.name}` is hidden, so its rules never decide anything",
                    help="take the name out of `hide`, or remove the rules",
                    at_key=True,
                    fix=Fix("remove the rules", (replace(subject.document, pointer, {}),), is_safe=True),
                )


def _says_something(rules: ToolRules) -> bool:
    return rules != ToolRules(rules.name)
