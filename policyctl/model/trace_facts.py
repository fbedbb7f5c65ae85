"""What recorded calls show under a policy, as far as a rule may know it: counts and places, never a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

#: The name of a file and a line of it.
Place: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """The calls of one tool by verdict; `decided_by` counts them by the pointer of the rule that decided.

    `first` is the place of the first one that is shown; `in_catalog` is None where there is no catalog.
    """

    name: str
    allowed: int = 0
    denied: int = 0
    held: int = 0
    undetermined: int = 0
    in_catalog: bool | None = None
    decided_by: Mapping[str, int] = field(default_factory=dict)
    first: Place | None = None

    @property
    def calls(self) -> int:
        """All of them."""
        return self.allowed + self.denied + self.held + self.undetermined

    @property
    def decided(self) -> int:
        """All of which something can be said."""
        return self.calls - self.undetermined


@dataclass(frozen=True, slots=True)
class LimitFacts:
    """What was asked of a limit: the fullest window, the smallest maximum that would have denied nothing."""

    pointer: str
    denied: int
    peak: int | Decimal
    demand: int | Decimal
    subjects: int
    is_certain: bool


@dataclass(frozen=True, slots=True)
class SecretFacts:
    """Arguments in which credentials were recorded: the tool, the path, the kind, how often, and where first."""

    tool: str
    path: str
    kind: str
    calls: int
    first: Place


@dataclass(frozen=True, slots=True)
class BypassFacts:
    """A tool was denied, and another one then got the same object in the same session."""

    denied: str
    pointer: str
    other: str
    calls: int
    first: Place


@dataclass(frozen=True, slots=True)
class TraceFacts:
    """One replay; `idle` are the pointers of rules that decided nothing, and whether their tools were called at all.

    `causes` says of how many undetermined calls what is missing.
    """

    calls: int
    undetermined: int = 0
    sessions: int = 0
    without_session: int = 0
    causes: Mapping[str, int] = field(default_factory=dict)
    tools: Mapping[str, ToolFacts] = field(default_factory=dict)
    idle: Mapping[str, bool] = field(default_factory=dict)
    limits: Mapping[str, LimitFacts] = field(default_factory=dict)
    secrets: tuple[SecretFacts, ...] = ()
    bypasses: tuple[BypassFacts, ...] = ()
