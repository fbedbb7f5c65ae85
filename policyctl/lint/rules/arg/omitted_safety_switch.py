"""ARG13."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.conditions import denied
from policyctl.lint.defaults import default_of
from policyctl.lint.logic import slips_through
from policyctl.lint.rule import Finding, Rule
from policyctl.lint.slip import omission
from policyctl.lint.subject import Subject
from policyctl.lint.switches import asks_for_off, is_safety_switch
from policyctl.lint.wording import call_text
from policyctl.model.policy import Condition, Op
from policyctl.source.pointer import format_path


class OmittedSafetySwitch(Rule):
    """A denial waits for a trial run to be switched off, and leaving the switch out switches it off.

    ## Why is this bad?

    `dry_run` is off unless it is on. A denial of `dry_run eq false` does not fire on a call that does not mention it, and
    that call is the real one.

    ## What to do instead

    Require the switch: `dry_run eq true` where the real run is not for agents; `dry_run exists true` beside the denial
    where it is denied in some cases only.

    ## What it looks at

    Arguments that are named for a trial run, unless the schema says that it is the default. It is found only if some call
    without the switch passes all rules of the tool, and that call is shown.
    """

    code = "ARG13"
    name = "omitted-safety-switch"
    severity = Severity.ERROR
    refs = ("CWE-636", "CWE-1188", "ASI02")
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "apply": {
      "deny_if": [{"conditions": [
        {"path": "args.dry_run", "op": "eq", "value": false},
                 ^^^^^^^^^^^^^^ real run
        {"path": "args.cluster", "op": "eq", "value": "live"}
      ]}]
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "apply": {
      "require": [{"conditions": [{"path": "args.dry_run", "op": "eq", "value": true}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in denied(subject):
            path = each.condition.path
            if not is_safety_switch(path) or not asks_for_off(each.condition) or default_of(each) is True:
                continue
            others = (condition for condition in each.predicate.conditions if condition.path != path)
            args = slips_through(subject, each.rules, Condition(path, Op.EXISTS, value=False), *others)
            if args is not None:
                shown = format_path(path)
                yield Finding(
                    f"{each.pointer}/path",
                    f"leaving `{shown}` out is the real run, and the denial does not fire on it",
                    help=f"require `{shown} eq true`, or `{shown} exists true` beside the denial",
                    notes=(f"this call passes: {call_text(args)}",),
                    slip=omission(each.rules.name, path),
                )
