"""Which keys a policy's objects have, and in which order they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of value in a policy.

    `order` is the canonical order of its keys; `members` are the kinds below some keys, `rest` the one below any other
    key, `element` the one of a list's elements; None means that what stands there is the user's own. `one_line` allows
    JSON to put the value on one line.
    """

    order: tuple[str, ...] = ()
    members: Mapping[str, Shape] = field(default_factory=dict)
    rest: Shape | None = None
    element: Shape | None = None
    one_line: bool = False

    def below(self, key: str | int) -> Shape:
        """The kind of the value at a key or an index."""
        return (self.element if isinstance(key, int) else self.members.get(key, self.rest)) or ANY

    def rank(self, key: str) -> int:
        """The place of a key in the canonical order; keys that have none keep theirs, behind all that have one."""
        return self.order.index(key) if key in self.order else len(self.order)


#: Names, numbers, lists of them, and whatever a condition compares with: its order is the user's.
ANY = Shape(one_line=True)

CONDITION = Shape(order=("path", "op", "value"), one_line=True)
PREDICATE = Shape(order=("conditions", "on_deny"), members={"conditions": Shape(element=CONDITION, one_line=True)})
LIMIT = Shape(order=("counter", "max", "window", "scope", "amount_from", "on_deny"), one_line=True)
LIMITS = Shape(element=LIMIT, one_line=True)
TOOL = Shape(
    order=("action", "reason", "require", "deny_if", "limits", "rate_limit"),
    members={
        "require": Shape(element=PREDICATE),
        "deny_if": Shape(element=PREDICATE),
        "limits": LIMITS,
        "rate_limit": LIMIT,
    },
)
POLICY = Shape(
    order=("$schema", "version", "description", "default", "hide", "all_tools", "tools"),
    members={"all_tools": Shape(members={"limits": LIMITS}), "tools": Shape(rest=TOOL)},
)
