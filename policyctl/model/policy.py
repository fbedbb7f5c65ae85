"""A policy as the engine sees it: typed, checked, and with the name and the place of each rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policyctl.model.values import JSONValue


class Op(StrEnum):
    """How a condition compares the argument with its value (language §2)."""

    EQ = "eq"
    NEQ = "neq"
    IN = "in"
    NOT_IN = "not_in"
    LT = "lt"
    LTE = "lte"
    GT = "gt"
    GTE = "gte"
    REGEX = "regex"
    CONTAINS = "contains"
    EXISTS = "exists"


class Default(StrEnum):
    """What happens to a tool that `tools` does not list."""

    ALLOW = "allow"
    DENY = "deny"


class Action(StrEnum):
    """The short form of a decision for a whole tool."""

    ALLOW = "allow"
    DENY = "deny"
    REQUIRE_APPROVAL = "require_approval"


class Scope(StrEnum):
    """Whose calls a limit counts together."""

    GRANT = "grant"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Condition:
    """`path op value`; `path` holds the object keys below `args`, at least one, none empty."""

    path: tuple[str, ...]
    op: Op
    value: JSONValue


@dataclass(frozen=True, slots=True)
class Predicate:
    """Conditions that hold together or not at all; none of them holds always.

    `rule` is what the gateway logs (`/tools/T/deny_if/args.amount-gt`), `pointer` the place in the document
    (`/tools/T/deny_if/0`), `on_deny` None where the policy leaves the message to the engine.
    """

    conditions: tuple[Condition, ...]
    on_deny: str | None
    rule: str
    pointer: str


#: Seconds of the windows that have a name.
NAMED_WINDOWS: Mapping[str, int] = {"minute": 60, "hour": 3_600, "day": 86_400}


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `maximum` calls, or units of the argument `amount_from`, in each window of `window` seconds.

    `counter` is None for a `rate_limit`, which has no name. `pointer` is its identity: equal names do not share a count.
    """

    counter: str | None
    maximum: int | float
    window: int
    scope: Scope
    amount_from: tuple[str, ...] | None
    on_deny: str | None
    rule: str
    pointer: str


@dataclass(frozen=True, slots=True)
class ToolRules:
    """What a policy says about one tool; no rule at all is `{}`."""

    name: str
    require: tuple[Predicate, ...] = ()
    deny_if: tuple[Predicate, ...] = ()
    limits: tuple[Limit, ...] = ()
    action: Action | None = None
    reason: str | None = None
    rate_limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy document (language §1).

    `digest` is `sha256:` and the hexadecimal SHA-256 of the document's bytes; `name` is the file as the user named it.
    """

    version: str
    default: Default
    name: str = ""
    digest: str = ""
    hide: tuple[str, ...] = ()
    all_tools_limits: tuple[Limit, ...] = ()
    tools: Mapping[str, ToolRules] = field(default_factory=dict)

    def limits_of(self, tool: str) -> tuple[Limit, ...]:
        """Every limit that counts a call of this tool, in the order in which they are checked."""
        rules = self.tools.get(tool)
        if rules is None:
            return self.all_tools_limits
        rate_limit = (rules.rate_limit,) if rules.rate_limit else ()
        return (*rules.limits, *rate_limit, *self.all_tools_limits)
