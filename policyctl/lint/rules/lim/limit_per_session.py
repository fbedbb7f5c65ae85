"""LIM07."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.open_tools import ruled_tools
from policyctl.lint.quotas import own_limits
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import name_of
from policyctl.model.catalog import Category, Risk
from policyctl.model.policy import Scope

_WEIGHTY = frozenset({Category.DESTRUCTIVE, Category.FINANCIAL})


class LimitPerSession(Rule):
    """What does great harm is limited per session only.

    ## Why is this bad?

    A session begins whenever a client says so: after a restart, with each conversation, with each task that runs beside
    others. Every one starts with nothing used up, so that the limit bounds no agent as a whole. Newer versions of the
    protocol know no sessions at all, and records without one leave open which calls count together.

    ## What to do instead

    Add a limit of scope `grant`, which counts all calls under one credential, for the tool or in `all_tools`.

    ## How much it weighs

    The short form `rate_limit` is always per session; where it is the only limit this is information.
    """

    code = "LIM07"
    name = "limit-per-session"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-799", "ASI08")
    catalog = '[{"name": "delete_project", "category": "Destructive", "risk": "Critical"}]'
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_project": {
      "limits": [{"counter": "deleted", "max": 2, "window": "day", "scope": "session"}]
                                                                            ^^^^^^^^^ session
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_project": {
      "limits": [{"counter": "deleted", "max": 2, "window": "day"}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for tool, rules in ruled_tools(subject):
            if not (tool.category in _WEIGHTY or tool.risk is Risk.CRITICAL):
                continue
            own = own_limits(rules)
            if own and all(limit.scope is Scope.SESSION for limit in subject.policy.limits_of(tool.name)):
                is_short = own[0] is rules.rate_limit
                yield Finding(
                    own[0].pointer if is_short else f"{own[0].pointer}/scope",
                    f"{name_of(own[0])} starts again with each session, and nothing else limits `{tool.name}`",
                    help="add a limit of scope `grant`",
                    at_key=is_short,
                    severity=Severity.INFO if is_short else None,
                )
