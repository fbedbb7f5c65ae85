"""Which differences a pipeline does not accept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from policyctl.diff.result import Change, Direction, PolicyDiff, Relation, is_seen
from policyctl.model.catalog import Category, Risk


class Kind(StrEnum):
    """A direction that fails; incomparable has both."""

    WIDER = "wider"
    NARROWER = "narrower"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Gate:
    """A kind of difference, of tools of one class if it names one."""

    kind: Kind
    of: Category | Risk | None = None

    def __str__(self) -> str:
        return self.kind if self.of is None else f"{self.kind}:{self.of}"

    def is_against(self, direction: Direction) -> bool:
        """Whether it does not accept differences in this direction."""
        return self.kind is Kind.ANY or self.kind.value == direction.value

    def fails(self, change: Change) -> bool:
        """Whether the entry shows such a difference; what no class is known of is of none."""
        if self.of is not None and self.of not in {change.category, change.risk}:
            return False
        match self.kind:
            case Kind.WIDER:
                return is_seen(change.wider)
            case Kind.NARROWER:
                return is_seen(change.narrower)
            case Kind.ANY:
                return change.relation is not Relation.EQUAL


@dataclass(frozen=True, slots=True)
class Failure:
    """A gate, and the entries that it does not accept."""

    gate: Gate
    changes: tuple[Change, ...]


def failures(diff: PolicyDiff, gates: Sequence[Gate]) -> Iterator[Failure]:
    """The gates that fail."""
    for gate in gates:
        found = tuple(change for change in _entries(diff, gate) if gate.fails(change))
        if found:
            yield Failure(gate, found)


def _entries(diff: PolicyDiff, gate: Gate) -> tuple[Change, ...]:
    """For a class the tools of the catalog that no policy names count one by one, since together they have none."""
    return diff.entries if gate.of is None else (*diff.changes, *diff.touched)
