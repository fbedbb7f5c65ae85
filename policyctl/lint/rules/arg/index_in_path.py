"""ARG14."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.diagnostic import Severity
from policyctl.lint.arguments import schema_at
from policyctl.lint.conditions import Placed, live
from policyctl.lint.rule import Finding, Precision, Rule
from policyctl.lint.subject import Subject
from policyctl.source.pointer import format_path


class IndexInPath(Rule):
    """A path has a number where only the key of an object can stand.

    ## Why is this bad?

    `args.items.0.price` looks like the price of the first item. A path leads through the keys of objects and into no list,
    so it finds nothing, and the condition is always false: `deny_if` never fires, and `require` shuts the tool.

    ## What to do instead

    The elements of a list cannot be reached one by one. `contains` looks for an equal element; anything else about them
    needs a person: `action: require_approval`.

    ## What it cannot see

    It is silent where the catalog says that the argument is an object with such keys.
    """

    code = "ARG14"
    name = "index-in-path"
    severity = Severity.WARNING
    precision = Precision.HIGH
    refs = ("CWE-570",)
    bad = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "order": {
      "require": [{"conditions": [{"path": "args.items.0.price", "op": "lte", "value": 100}]}]
                                                       ^ `0`
    }
  }
}
"""
    good = """
{
  "version": "1",
  "default": "deny",
  "tools": {
    "order": {
      "require": [{"conditions": [{"path": "args.total", "op": "lte", "value": 100}]}]
    }
  }
}
"""

    def check(self, subject: Subject) -> Iterator[Finding]:
        for each in live(subject):
            yield from _index(each)


def _index(each: Placed) -> Iterator[Finding]:
    path = each.condition.path
    for length, key in enumerate(path):
        if not length or not key.isdecimal():
            continue
        schema = schema_at(each.tool, path[:length])
        if schema is not None and "array" not in str(schema.get("type")):
            continue
        known = format_path(path[:length])
        yield Finding(
            f"{each.pointer}/path",
            f"`{key}` is taken for a key of `{known}`, and never for an element of a list",
            help="elements of a list cannot be reached by their number; `contains` looks for an equal one",
            part=range(len(known) + 1, len(known) + 1 + len(key)),
        )
        return
