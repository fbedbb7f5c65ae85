"""CAT07."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.catalog.arguments import Argument, arguments_of
from policyctl.catalog.kinds import ArgumentKind
from policyctl.diagnostic import Severity
from policyctl.lint.carried import is_doubtful, unsigned
from policyctl.lint.rule import Finding, Need, Rule, Source
from policyctl.lint.subject import Subject
from policyctl.model.catalog import Category
from policyctl.source.pointer import child

_RUN = (ArgumentKind.COMMAND, ArgumentKind.STATEMENT)
_METHODS = frozenset({"post", "put", "patch", "delete"})


class ReadingThatDoesMore(Rule):
    """A tool counts as Read, and takes a command, a statement or the method of a request.

    ## Why is this bad?

    What such a tool does is in the argument: `DELETE FROM` is a statement as well. As Read it gets no limit and no approval.

    ## What to do instead

    Make it Execute, or record a review that says what keeps the server from doing more than reading.

    ## What it looks at

    Classes that the catalog carries without a review, where the classifier would not say Read: what formats a statement only
    reads it. Code is passed over, since most tools that take some only look at it.
    """

    code = "CAT07"
    name = "reading-that-does-more"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-78", "CWE-89", "MCP05:2025", "ASI05")
    bad = """
{
  "version": "1",
  "server": {"id": "db", "name": "Database"},
  "tools": [
    {
      "name": "reports", "category": "Read", "risk": "Low",
      "inputSchema": {"type": "object", "properties": {"sql": {"type": "string"}}}
                                                       ^^^^^ `sql`
    }
  ]
}
"""
    good = """
{
  "version": "1",
  "server": {"id": "db", "name": "Database"},
  "tools": [
    {
      "name": "reports", "category": "Execute", "risk": "High",
      "inputSchema": {"type": "object", "properties": {"sql": {"type": "string"}}}
    }
  ]
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        from policyctl.catalog.classify import classify

        server = subject.catalog.server_id if subject.catalog else ""
        for tool in unsigned(subject):
            if tool.category is not Category.READ or is_doubtful(tool):
                continue
            offers = [(argument, what) for argument in arguments_of(tool) if (what := _offers(argument))]
            if offers and classify(tool, server=server).category is not Category.READ:
                for argument, what in offers:
                    yield Finding(
                        child(f"{tool.pointer}/inputSchema/properties", argument.name),
                        f"`{tool.name}` counts as Read, and its `{argument.name}` is {what}",
                        help="make it Execute, or record a review that says why it only reads",
                        at_key=True,
                        source=Source.CATALOG,
                    )


def _offers(argument: Argument) -> str | None:
    kind = next((kind for kind in _RUN if kind in argument.kinds), None)
    if kind:
        return f"a {kind}"
    chosen = {choice.lower() for choice in argument.choices if isinstance(choice, str)}
    return "the method of a request" if argument.name.lower() == "method" and chosen & _METHODS else None
