"""CAT03."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policyctl.diagnostic import Severity
from policyctl.lint.carried import is_signed
from policyctl.lint.rule import Finding, Need, Rule, Source
from policyctl.lint.subject import Subject
from policyctl.model.catalog import Category, Confidence, Tool

_CHANGES = frozenset({Category.WRITE, Category.DESTRUCTIVE, Category.FINANCIAL})


class MildClaim(Rule):
    """The server says that a tool is milder than its class.

    ## Why is this bad?

    Hints are a server's own words, and the protocol says not to trust them. Clients skip their question to the user where
    `readOnlyHint` is true: if the tool does change something, nobody is asked.

    ## What to do instead

    Find out which is right. If the hint is, record a review with the milder class; if not, tell the server's makers.

    ## What it looks at

    Tools that change something by their class. What is run may well only read, so tools of class Execute are passed over, and
    so are classes that are in doubt without the hint already, or that a person has reviewed.
    """

    code = "CAT03"
    name = "mild-claim"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    refs = ("MCP03:2025", "ASI04")
    bad = """
{
  "version": "1",
  "server": {"id": "queues", "name": "Queues"},
  "tools": [
    {"name": "purge_queue", "category": "Destructive", "risk": "Critical", "annotations": {"readOnlyHint": true}}
                                                                                                           ^^^^ only reads
  ]
}
"""
    good = """
{
  "version": "1",
  "server": {"id": "queues", "name": "Queues"},
  "tools": [
    {"name": "purge_queue", "category": "Destructive", "risk": "Critical", "annotations": {"readOnlyHint": false}}
  ]
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        server = subject.catalog.server_id if subject.catalog else ""
        for tool in subject.tools.values():
            claim = _claim(tool)
            if claim and not is_signed(tool) and _is_sure(tool, server):
                hint, says = claim
                yield Finding(
                    f"{tool.pointer}/annotations/{hint}",
                    f"the server says that `{tool.name}` {says}, and its class is {tool.category}",
                    help="find out which is right, and record a review",
                    source=Source.CATALOG,
                )


def _is_sure(tool: Tool, server: str) -> bool:
    """Whether the class stands on its own: the claim itself makes the classifier doubt."""
    from policyctl.catalog.classify import classify

    if tool.confidence in {None, Confidence.HIGH}:
        return True
    alone = classify(replace(tool, annotations={}), server=server)
    return alone.category is tool.category and alone.confidence is Confidence.HIGH


def _claim(tool: Tool) -> tuple[str, str] | None:
    if tool.category in _CHANGES and tool.annotations.get("readOnlyHint") is True:
        return "readOnlyHint", "only reads"
    if tool.category is Category.DESTRUCTIVE and tool.annotations.get("destructiveHint") is False:
        return "destructiveHint", "destroys nothing"
    return None
