"""ARG03."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.engine.operators import holds
from policyctl.engine.record import Seen
from policyctl.engine.truth import Truth
from policyctl.lint.conditions import Placed, denied
from policyctl.lint.defaults import Unsaid, default_of
from policyctl.lint.logic import slips_through
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.slip import omission
from policyctl.lint.subject import Subject
from policyctl.lint.wording import call_text, written
from policyctl.model.policy import Condition, Op
from policyctl.model.values import JSONValue
from policyctl.source.pointer import format_path


class DeniedDefault(Rule):
    """What is denied is what the server does when the argument is left out.

    ## Why is this bad?

    The gateway sees what the agent wrote, and the server what it makes of that. A denial of `production` does not fire on
    a call without an environment, and the server then takes its default, which is `production`.

    ## What to do instead

    Require the argument: `exists true`, or better one of the values that are allowed.
    """

    code = "ARG03"
    name = "denied-default"
    severity = Severity.ERROR
    precision = Precision.VERY_HIGH
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-636", "CWE-1188", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "deploy": {
      "deny_if": [{"conditions": [{"path": "args.environment", "op": "eq", "value": "production"}]}]
                                           ^^^^^^^^^^^^^^^^^^ "production"
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "deploy": {
      "require": [{"conditions": [{"path": "args.environment", "op": "in", "value": ["staging", "test"]}]}]
    }
  }
}
"""
    catalog = """
[{"name": "deploy", "inputSchema": {
  "type": "object", "properties": {"environment": {"type": "string", "default": "production"}}
}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in denied(subject):
            default = default_of(each)
            path, condition = each.condition.path, each.condition
            if isinstance(default, Unsaid) or condition.op is Op.EXISTS or not _denies(each, default):
                continue
            args = slips_through(subject, each.rules, Condition(path, Op.EXISTS, False))
            if args is not None:
                shown = format_path(path)
                yield Finding(
                    f"{each.pointer}/path",
                    f"leaving `{shown}` out means `{written(default)}`, which is denied only where it is written",
                    help=f"add a `require` with the values of `{shown}` that are allowed",
                    notes=(f"this call passes: {call_text(args)}",),
                    slip=omission(each.rules.name, path),
                )


def _denies(each: Placed, default: JSONValue) -> bool:
    """Whether the default meets all that the denial asks of this argument."""
    return all(
        holds(condition, Seen(default)) is Truth.TRUE
        for condition in each.predicate.conditions
        if condition.path == each.condition.path
    )
