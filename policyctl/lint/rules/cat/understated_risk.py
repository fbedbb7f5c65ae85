"""CAT02."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.carried import unsigned
from policyctl.lint.rule import Finding, Need, Precision, Rule, Source
from policyctl.lint.subject import Subject


class UnderstatedRisk(Rule):
    """The risk of a tool is lower than that of its class, and nobody says why.

    ## Why is this bad?

    What may be done without a person often goes by risk. A tool that destroys and counts as High passes where its neighbour,
    which is Critical, has to wait.

    ## What to do instead

    Give it the risk of its class, or record a review that says why a wrong call costs so little.

    ## What it looks at

    Risks without a review. One that is higher than usual is no finding: more care needs no reason.
    """

    code = "CAT02"
    name = "understated-risk"
    severity = Severity.WARNING
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-732", "MCP02:2025")
    bad = """
{
  "version": "1",
  "server": {"id": "files", "name": "Files"},
  "tools": [
    {"name": "delete_file", "category": "Destructive", "risk": "Medium"}
                                                               ^^^^^^^^ `delete_file`
  ]
}
"""
    good = """
{
  "version": "1",
  "server": {"id": "files", "name": "Files"},
  "tools": [
    {"name": "delete_file", "category": "Destructive", "risk": "Critical"}
  ]
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        from policyctl.catalog.classify.risk import DEFAULT

        for tool in unsigned(subject):
            if not tool.category or not tool.risk or any(each.signal == "risk" for each in tool.evidence):
                continue
            usual = DEFAULT[tool.category]
            if tool.risk.rank < usual.rank:
                yield Finding(
                    f"{tool.pointer}/risk",
                    f"`{tool.name}` is {tool.category} and of {tool.risk} risk, and such tools are {usual}",
                    help=f"make it {usual}, or record a review that says why",
                    source=Source.CATALOG,
                )
