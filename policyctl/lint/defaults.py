"""What a server uses for an argument that is left out, as far as its schema says."""

from __future__ import annotations

from policyctl.lint.arguments import schema_at
from policyctl.lint.conditions import Placed
from policyctl.model.values import JSONValue


class Unsaid:
    """The schema names no default."""


UNSAID = Unsaid()


def default_of(each: Placed) -> JSONValue | Unsaid:
    """The default of the argument that a condition asks about."""
    schema = schema_at(each.tool, each.condition.path)
    default = None if schema is None else schema.get("default")
    # Null is as good as left out.
    return UNSAID if default is None else default
