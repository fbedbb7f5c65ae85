"""The differences between two policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from policyctl.cells.trial import Burst
from policyctl.cells.valid import SchemaFit
from policyctl.model.call import Call
from policyctl.model.catalog import Category, Risk
from policyctl.model.decision import Decision
from policyctl.model.policy import Policy, Scope


class Relation(StrEnum):
    """The new policy beside the old one, where deny < approval < allow."""

    EQUAL = "equal"
    NARROWER = "narrower"
    WIDER = "wider"
    INCOMPARABLE = "incomparable"
    UNDETERMINED = "undetermined"


class Direction(StrEnum):
    """Which policy lets through what the other does not."""

    WIDER = "wider"
    NARROWER = "narrower"


@dataclass(frozen=True, slots=True)
class CallWitness:
    """A call that one policy decides higher than the other, with what each says.

    `is_approved`: a person's approval for exactly this call is on record. `schema` is None where the catalog has no schema
    of the tool; `schema_gaps` name the words of one that were not understood.
    """

    call: Call
    old: Decision
    new: Decision
    is_approved: bool = False
    is_smallest: bool = True
    schema: SchemaFit | None = None
    schema_gaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SequenceWitness:
    """Calls that one policy admits all of, while the other refuses the last.

    All are made under one grant, or in one session, as `subject` says; of the other each call has its own. `old` and `new`
    are the decisions about the last call.
    """

    bursts: tuple[Burst, ...]
    subject: Scope
    old: Decision
    new: Decision
    is_approved: bool = False
    schema: SchemaFit | None = None

    @property
    def call(self) -> Call:
        """The last call, which only one of the policies admits."""
        return self.bursts[-1].call

    @property
    def count(self) -> int:
        """How many calls it takes."""
        return sum(burst.count for burst in self.bursts)


Witness: TypeAlias = CallWitness | SequenceWitness


@dataclass(frozen=True, slots=True)
class Unproven:
    """Whether there is such a call or sequence is not known, and why."""

    reasons: tuple[str, ...]


#: None: there is no call and no sequence of calls.
Side: TypeAlias = Witness | Unproven | None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry: a tool, all tools that neither policy lists, or the limits of all tools.

    `wider` is what only the new policy lets through, `narrower` what only the old one does. `category` and `risk` come
    from the catalog.
    """

    name: str
    wider: Side
    narrower: Side
    category: Category | None = None
    risk: Risk | None = None

    @property
    def relation(self) -> Relation:
        """What both directions say together."""
        return relation_of([self])

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why a direction is not known."""
        sides = (side for side in (self.wider, self.narrower) if isinstance(side, Unproven))
        return tuple(dict.fromkeys(reason for side in sides for reason in side.reasons))


def relation_of(changes: Iterable[Change]) -> Relation:
    """What several changes amount to: one direction that is not known leaves it open, unless both are seen elsewhere."""
    changes = tuple(changes)
    seen = [any(is_seen(side) for side in sides) for sides in _sides(changes)]
    is_open = [any(isinstance(side, Unproven) for side in sides) for sides in _sides(changes)]
    if any(unknown and not known for unknown, known in zip(is_open, seen, strict=True)):
        return Relation.UNDETERMINED
    match seen:
        case [True, True]:
            return Relation.INCOMPARABLE
        case [True, False]:
            return Relation.WIDER
        case [False, True]:
            return Relation.NARROWER
        case _:
            return Relation.EQUAL


def _sides(changes: tuple[Change, ...]) -> Iterator[tuple[Side, ...]]:
    yield tuple(change.wider for change in changes)
    yield tuple(change.narrower for change in changes)


def is_seen(side: Side) -> bool:
    """Whether there is a witness."""
    return side is not None and not isinstance(side, Unproven)


@dataclass(frozen=True, slots=True)
class Visibility:
    """Tools that one policy hides and the other shows; None stands for all that are not named."""

    name: str | None
    old: bool
    new: bool


@dataclass(frozen=True, slots=True)
class PolicyDiff:
    """Two policies compared. `changes` are the tools that do not behave equally, by name.

    `others` are all tools that neither policy names, `all_tools` the limits that count every call; `touched` the tools of
    the catalog among the others. `compared` counts the tools that a policy names.
    """

    old: Policy
    new: Policy
    changes: tuple[Change, ...]
    others: Change
    all_tools: Change
    compared: int
    visibility: tuple[Visibility, ...] = ()
    touched: tuple[Change, ...] = ()

    @property
    def in_both(self) -> int:
        """How many tools both policies name."""
        return len(_named(self.old) & _named(self.new))

    @property
    def shares_no_tool(self) -> bool:
        """Whether each names tools, and none that the other does: they may be for two servers."""
        return bool(_named(self.old)) and bool(_named(self.new)) and self.in_both == 0

    @property
    def entries(self) -> tuple[Change, ...]:
        """Every entry that is not equal."""
        rest = (change for change in (self.others, self.all_tools) if change.relation is not Relation.EQUAL)
        return (*self.changes, *rest)

    @property
    def relation(self) -> Relation:
        """The new policy as a whole."""
        return relation_of(self.entries)


def _named(policy: Policy) -> set[str]:
    return {*policy.tools, *policy.hide} - {"*"}
