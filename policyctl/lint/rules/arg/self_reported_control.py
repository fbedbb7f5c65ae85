"""ARG12."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import schema_at, values_of
from policyctl.lint.names import words
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import joined
from policyctl.model.catalog import Category
from policyctl.model.policy import ToolRules
from policyctl.source.pointer import format_path

#: What the model writes about its own call.
_SELF_REPORTED = frozenset({
    "reason", "reasoning", "justification", "explanation", "purpose", "rationale", "thought", "thoughts", "intent",
    "motivation", "confirmed", "confirmation", "acknowledged",
})  # fmt: skip


class SelfReportedControl(Rule):
    """All that a tool asks for is what the model says about its own call.

    ## Why is this bad?

    A model that was talked into a call writes a fine reason for it, and sets `confirmed` when it is told that it must. What
    the caller says about itself is worth a line in the log, and no control.

    ## What to do instead

    Bound what the call does: its target, its amount, how often. Where a reason matters, a person has to read it:
    `action: require_approval`.

    ## What it looks at

    Tools with rules on such arguments alone and without a limit. It is silent about tools that only read, and where the
    schema lists the values: such an argument tells the server what to do.
    """

    code = "ARG12"
    name = "self-reported-control"
    severity = Severity.WARNING
    refs = ("CWE-807", "ASI09")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_branch": {
      "require": [{"conditions": [{"path": "args.reason", "op": "regex", "value": "....."}]}]
                                           ^^^^^^^^^^^^^ `args.reason`
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "delete_branch": {
      "require": [
        {"conditions": [{"path": "args.reason", "op": "regex", "value": "....."}]},
        {"conditions": [{"path": "args.branch", "op": "regex", "value": "^agent/"}]}
      ]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for rules in subject.live_rules:
            paths = _paths(rules)
            if not subject.is_open(rules.name) or not paths or rules.limits or rules.rate_limit:
                continue
            tool = subject.tools.get(rules.name)
            if tool is not None and tool.category is Category.READ:
                continue
            if all(_is_self_reported(path) and values_of(schema_at(tool, path)) is None for path in paths):
                first = next(iter(rules.require or rules.deny_if))
                shown = joined([f"`{format_path(path)}`" for path in paths])
                yield Finding(
                    f"{first.pointer}/conditions/0/path",
                    f"nothing but {shown} stands between an agent and `{rules.name}`, and the agent writes it",
                    help="bound what the call does, or let a person decide: `action: require_approval`",
                )


def _paths(rules: ToolRules) -> list[tuple[str, ...]]:
    """The paths that the rules ask about, each once."""
    conditions = (each for predicate in (*rules.require, *rules.deny_if) for each in predicate.conditions)
    return list(dict.fromkeys(condition.path for condition in conditions))


def _is_self_reported(path: tuple[str, ...]) -> bool:
    """A name of more words, such as `state_reason`, is about something else."""
    named = words(path[-1])
    return len(named) == 1 and named[0] in _SELF_REPORTED
