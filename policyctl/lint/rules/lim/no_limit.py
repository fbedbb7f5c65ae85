"""LIM10."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.quotas import is_uncontrolled
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject, tool_pointer
from policyctl.lint.wording import listing
from policyctl.model.catalog import Category, Risk, Tool

_WEIGHTY = frozenset({Category.EXECUTE, Category.DESTRUCTIVE, Category.FINANCIAL})


class NoLimit(Rule):
    """What runs, deletes or pays may be called without end.

    ## Why is this bad?

    An agent that misreads a result tries again, and again. Whether a loop of deletions stops after five or after five
    thousand is decided by the first limit on its way, and here there is none: neither on the tool nor on all tools.

    ## What to do instead

    Add a `rate_limit`, or a limit that is counted per grant; a generous one stops a loop as well. A limit of
    `all_tools` bounds every tool at once.

    ## What it looks at

    Tools of the classes Execute, Destructive and Financial of which a call may get through without a person. A critical tool
    without any rule at all is a matter of `APR01`, and critical tools that the policy does not mention one of `LOG08`.
    """

    code = "LIM10"
    name = "no-limit"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-770", "CWE-799", "ASI08", "LLM10:2025")
    catalog = '[{"name": "run_query", "category": "Execute", "risk": "High"}]'
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "run_query": {}
    ^^^^^^^^^^^ no limit
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "run_query": {"rate_limit": {"max": 20, "window": "hour"}}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        endless = [tool for tool in subject.open_tools if _is_endless(subject, tool)]
        for tool in endless:
            if tool.name in subject.policy.tools:
                yield Finding(
                    tool_pointer(tool.name),
                    f"`{tool.name}` is of class {tool.category}, and no limit counts its calls",
                    help="add a `rate_limit`, or a limit of `all_tools`",
                    at_key=True,
                )
        unlisted = [tool.name for tool in endless if tool.name not in subject.policy.tools]
        if unlisted:
            yield Finding(
                "/default",
                f"no limit counts the calls of {listing(unlisted)}, which the default lets pass",
                help="add a limit of `all_tools`",
            )


def _is_endless(subject: Subject, tool: Tool) -> bool:
    if tool.category not in _WEIGHTY or subject.policy.limits_of(tool.name):
        return False
    rules = subject.policy.tools.get(tool.name)
    return tool.risk is not Risk.CRITICAL or (rules is not None and not is_uncontrolled(rules))
