"""ARG04."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.engine.operators import holds
from policyctl.engine.record import Seen
from policyctl.engine.truth import Truth
from policyctl.lint.arguments import is_required
from policyctl.lint.conditions import required
from policyctl.lint.defaults import Unsaid, default_of
from policyctl.lint.rule import Finding, Need, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import written
from policyctl.model.policy import Op
from policyctl.source.pointer import format_path


class DeniedOmission(Rule):
    """A requirement denies calls that leave out an argument whose default it would allow.

    ## Why is this bad?

    The server has a default, the default is within what is allowed, and an agent that relies on it is refused all the same:
    a condition on an absent argument is false. Agents then guess what is wrong, or give up.

    ## What to do instead

    If the default is fine, deny what is not: a `deny_if` with the opposite lets calls without the argument pass. If agents
    are meant to write the argument, say so in `on_deny`.

    ## What it cannot see

    It speaks only where the schema names the default, and is silent where the requirement has a message of its own.
    """

    code = "ARG04"
    name = "denied-omission"
    severity = Severity.WARNING
    needs = frozenset({Need.CATALOG})
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "search": {
      "require": [{"conditions": [{"path": "args.limit", "op": "lte", "value": 100}]}]
                                           ^^^^^^^^^^^^ default `20`
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "search": {
      "require": [
        {"conditions": [{"path": "args.limit", "op": "lte", "value": 100}], "on_deny": "Say how many: up to 100."}
      ]
    }
  }
}
"""
    catalog = """
[{"name": "search", "inputSchema": {"type": "object", "properties": {"limit": {"type": "integer", "default": 20}}}}]
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in required(subject):
            default = default_of(each)
            path = each.condition.path
            if isinstance(default, Unsaid) or each.predicate.on_deny or each.condition.op is Op.EXISTS:
                continue
            if each.tool and is_required(each.tool, path):
                continue
            if holds(each.condition, Seen(default)) is Truth.TRUE:
                shown = format_path(path)
                yield Finding(
                    f"{each.pointer}/path",
                    f"a call without `{shown}` is denied, although its default `{written(default)}` is allowed",
                    help="deny the opposite with `deny_if`, or tell agents in `on_deny` to write the argument",
                )
