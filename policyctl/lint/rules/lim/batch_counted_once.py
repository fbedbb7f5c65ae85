"""LIM12."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import is_required, members_at, types_of
from policyctl.lint.names import words
from policyctl.lint.open_tools import ruled_tools
from policyctl.lint.quotas import own_limits
from policyctl.lint.rule import Finding, Need, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.lint.wording import measure, name_of
from policyctl.model.catalog import Category, Tag, Tool
from policyctl.model.policy import Limit, Op, ToolRules
from policyctl.source.pointer import format_path

_BATCH = frozenset({"bulk", "batch", "multi", "multiple", "mass", "many"})
_RECIPIENTS = frozenset({"recipient", "recipients", "to", "emails", "addresses", "attendees", "participants"})


class BatchCountedOnce(Rule):
    """A call that does many things counts as one.

    ## Why is this bad?

    Five calls an hour of a tool that deletes what a list names are five lists an hour, and nothing here says how long a
    list may be. The number in the policy looks like a bound on what is deleted, and bounds nothing.

    ## What to do instead

    Deny the tool and leave the one open that does one thing at a time, or let a person approve each batch. Where the
    schema bounds the list (`maxItems`), that number times the limit is what may happen.

    ## What it looks at

    Tools that require a list and change something: those whose name says batch or bulk, those of class Destructive that
    the catalog marks as doing many things at once, and those that send something out to a list of recipients. Tools of
    which a condition names the whole list are left out.
    """

    code = "LIM12"
    name = "batch-counted-once"
    severity = Severity.WARNING
    precision = Precision.MEDIUM
    needs = frozenset({Need.CATALOG})
    refs = ("CWE-770", "ASI02")
    catalog = """[{"name": "bulk_delete", "category": "Destructive", "risk": "Critical", "inputSchema": {
      "type": "object",
      "properties": {"ids": {"type": "array", "items": {"type": "string"}}},
      "required": ["ids"]}}]"""
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "bulk_delete": {"limits": [{"counter": "deleted", "max": 5, "window": "hour"}]}
                                                             ^ list
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "bulk_delete": {"action": "deny", "reason": "One at a time, so that each is counted."}
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for tool, rules in ruled_tools(subject):
            if tool.category in {None, Category.READ}:
                continue
            limit = next((limit for limit in own_limits(rules) if limit.amount_from is None), None)
            listed = _list_in(tool, rules)
            if limit is not None and listed is not None:
                yield _finding(tool, limit, *listed)


def _is_batch(tool: Tool, name: str) -> bool:
    """Whether each element of the list is something done."""
    if not _BATCH.isdisjoint(words(tool.name)):
        return True
    is_sent = Tag.EXTERNAL_SINK in tool.tags and not _RECIPIENTS.isdisjoint(words(name))
    return is_sent or (Tag.BULK in tool.tags and tool.category is Category.DESTRUCTIVE)


def _list_in(tool: Tool, rules: ToolRules) -> tuple[str, int | None] | None:
    """The list that each call has to give, with the most elements that the schema lets it have."""
    named = {
        condition.path
        for predicate in rules.require
        for condition in predicate.conditions
        if condition.op in {Op.EQ, Op.IN}
    }
    for name, schema in members_at(tool, ()).items():
        most = schema.get("maxItems")
        bound = most if isinstance(most, int) and not isinstance(most, bool) else None
        is_list = types_of(schema) == frozenset({"array"}) and is_required(tool, (name,))
        if is_list and (name,) not in named and _is_batch(tool, name):
            return None if bound == 1 else (name, bound)
    return None


def _finding(tool: Tool, limit: Limit, name: str, most: int | None) -> Finding:
    path = format_path((name,))
    count = "as long as the caller likes" if most is None else f"of up to {most}"
    return Finding(
        f"{limit.pointer}/max",
        f"{name_of(limit)} counts {measure(limit.maximum, limit)} of `{tool.name}`, each with a list `{path}` {count}",
        help="deny the tool, or let a person approve each batch",
    )
