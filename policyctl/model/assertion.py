"""What must hold of every call that a policy can be asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policyctl.diagnostic import Severity
from policyctl.model.catalog import Category, Risk, Tag
from policyctl.model.policy import Condition


class Kind(StrEnum):
    """What is asserted; the words are the keys of the file."""

    NEVER_ALLOW = "never_allow"
    ALWAYS_DENY = "always_deny"
    NEEDS_APPROVAL = "needs_approval"
    AT_MOST = "at_most"
    ALWAYS_ALLOW = "always_allow"
    CAN_ALLOW = "can_allow"

    @property
    def keeps_out(self) -> bool:
        """Whether it bounds what gets through; the others say what must get through."""
        return self not in {Kind.ALWAYS_ALLOW, Kind.CAN_ALLOW}


class Hint(StrEnum):
    """What a server says of a tool in its annotations, and what it is taken to say where it is silent."""

    READ_ONLY = "readOnlyHint"
    DESTRUCTIVE = "destructiveHint"
    IDEMPOTENT = "idempotentHint"
    OPEN_WORLD = "openWorldHint"

    @property
    def if_silent(self) -> bool:
        """What the protocol says that a missing hint means."""
        return self in {Hint.DESTRUCTIVE, Hint.OPEN_WORLD}


@dataclass(frozen=True, slots=True)
class Selector:
    """Tools that are all of this; of several values of one kind any will do, and no value asks for nothing.

    `tools` and `but` are globs of names, in which `*` stands for any characters and `?` for one.
    """

    tools: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    risks: tuple[Risk, ...] = ()
    tags: tuple[Tag, ...] = ()
    hints: Mapping[Hint, bool] = field(default_factory=dict)

    @property
    def asks_for_classes(self) -> bool:
        """Whether only a catalog can tell which tools are meant."""
        return bool(self.categories or self.risks or self.tags or self.hints)


@dataclass(frozen=True, slots=True)
class Quota:
    """So many calls in each window of so many seconds; `text` is how the file has it."""

    calls: int
    window: int
    text: str


@dataclass(frozen=True, slots=True)
class Assertion:
    """One of a file, at `pointer`; `quota` is there exactly for `at_most`, `when` holds of the calls that it is about."""

    kind: Kind
    selector: Selector
    pointer: str
    when: tuple[Condition, ...] = ()
    quota: Quota | None = None
    name: str | None = None
    reason: str | None = None
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Assertions:
    """What one file asserts; `name` is the file as the user named it, `digest` the SHA-256 of its bytes."""

    entries: tuple[Assertion, ...]
    name: str = ""
    digest: str = ""
