"""REF02."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.likeness import meant, same_but_for_spelling
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import EVERYTHING, Subject, tool_pointer
from policyctl.model.policy import Action, Default


class DenialOfNothing(Rule):
    """A name is hidden or denied that none of the server's tools has.

    ## Why is this bad?

    Somebody meant to shut a tool, and shut nothing: the tool with the right name is open wherever the default, or another
    rule, opens it. A denial that is missing is not noticed until the call that it should have stopped.

    ## What to do instead

    Take the name from the catalog. If the tool is gone from the server, the denial may stay as a guard against its return:
    suppress the finding and say so.
    """

    code = "REF02"
    name = "denial-of-nothing"
    severity = Severity.ERROR
    precision = Precision.HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-561", "CWE-862", "MCP02:2025", "ASI02")
    bad = """
{
  "version": "1",
  "default": "allow",
  "hide": ["drop_tabel"]
           ^^^^^^^^^^^^ no tool `drop_tabel`
}
"""
    good = """
{
  "version": "1",
  "default": "allow",
  "hide": ["drop_table"]
}
"""
    catalog = """[{"name": "drop_table", "category": "Destructive", "risk": "Critical"}, {"name": "list_tables"}]"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        weight = Severity.ERROR if subject.policy.default is Default.ALLOW else Severity.WARNING
        for index, name in enumerate(subject.policy.hide):
            if name != EVERYTHING and name not in subject.tools:
                yield from _finding(subject, name, f"/hide/{index}", "hidden", weight, at_key=False)
        for rules in subject.policy.tools.values():
            if rules.action is Action.DENY and rules.name not in subject.tools and not subject.is_hidden(rules.name):
                yield from _finding(subject, rules.name, tool_pointer(rules.name), "denied", weight, at_key=True)


def _finding(
    subject: Subject, name: str, pointer: str, done: str, weight: Severity, *, at_key: bool
) -> Iterator[Finding]:
    if same_but_for_spelling(name, subject.tools):
        return  # REF04 says it better
    near = meant(name, subject.tools)
    yield Finding(
        pointer,
        f"the server has no tool `{name}`, so nothing is {done}",
        help=f"did you mean `{near}`?" if near else "remove it, or renew the catalog: `policyctl catalog import`",
        at_key=at_key,
        # Under deny the tool that was meant is denied anyhow, unless it is listed.
        severity=Severity.ERROR if near and subject.is_open(near) else weight,
    )
