"""CAT01."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.carried import unsigned
from policyctl.lint.rule import Finding, Need, Rule, Source
from policyctl.lint.subject import Subject
from policyctl.model.catalog import Category, Confidence

#: Which of the two it is is a matter of opinion with many tools: to click, to restart, to refund.
_NEAR = (
    frozenset({Category.WRITE, Category.EXECUTE}),
    frozenset({Category.EXECUTE, Category.DESTRUCTIVE, Category.FINANCIAL}),
)


class ContradictedCategory(Rule):
    """The catalog puts a tool into a class, and its name and description clearly say another.

    ## Why is this bad?

    Recommended rules and many findings follow the class. A tool that deletes and counts as Read gets no limit and no
    approval; one that reads and counts as Financial makes people approve what costs nothing.

    ## What to do instead

    Classify anew (`policyctl catalog classify --renew`), or record a review that says why the class is right.

    ## What it looks at

    Classes that the catalog carries without a review or an override, where the classifier is sure of another one. Write and
    Execute are near each other, and so are Execute, Destructive and Financial: between these it does not judge.
    """

    code = "CAT01"
    name = "contradicted-category"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-732", "MCP02:2025")
    bad = """
{
  "version": "1",
  "server": {"id": "files", "name": "Files"},
  "tools": [
    {"name": "delete_file", "description": "Delete a file.", "category": "Read", "risk": "Low"}
                                                                         ^^^^^^ Destructive
  ]
}
"""
    good = """
{
  "version": "1",
  "server": {"id": "files", "name": "Files"},
  "tools": [
    {"name": "delete_file", "description": "Delete a file.", "category": "Destructive", "risk": "Critical"}
  ]
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        from policyctl.catalog.classify import classify

        server = subject.catalog.server_id if subject.catalog else ""
        for tool in unsigned(subject):
            judged = classify(tool, server=server)
            is_near = any({judged.category, tool.category} <= near for near in _NEAR)
            if judged.confidence is Confidence.HIGH and judged.category is not tool.category and not is_near:
                yield Finding(
                    f"{tool.pointer}/category",
                    f"`{tool.name}` counts as {tool.category}, and its definition says {judged.category}",
                    help="classify it anew, or record a review that says why",
                    source=Source.CATALOG,
                )
