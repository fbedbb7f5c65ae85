"""The one question of this package: is there a call that meets all of these clauses, and which is the smallest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyctl.cells.atoms import Clause
from policyctl.cells.represent import represent
from policyctl.cells.smallest import Smallest
from policyctl.cells.space import Space
from policyctl.cells.walk import MOST_STEPS, BoundClause, OutOfStepsError, State, Walk
from policyctl.model.values import JSONValue

#: Steps on the way from a call to the smallest one; after that the call that is at hand has to do.
STEPS_TO_SMALLEST = 50_000


@dataclass(frozen=True, slots=True)
class Example:
    """The arguments of a call; the smallest one, if looking for it did not take too long."""

    args: dict[str, JSONValue]
    is_smallest: bool = True


class Nothing:
    """There is no such call."""


NOTHING = Nothing()


@dataclass(frozen=True, slots=True)
class Undetermined:
    """It is not known whether there is such a call; every reason in a sentence."""

    reasons: tuple[str, ...]


Answer = Example | Nothing | Undetermined


def find(clauses: Sequence[Clause], *, most: int = MOST_STEPS) -> Answer:
    """The smallest call that meets every clause; it takes at most `most` steps to find one."""
    answer = _solved(clauses, most)
    return answer if isinstance(answer, Nothing | Undetermined) else _smallest(*answer)


def is_impossible(clauses: Sequence[Clause], *, most: int = MOST_STEPS) -> bool:
    """Whether it is proved that no call meets every clause; quicker than `find`, which looks for the smallest call."""
    return isinstance(_solved(clauses, most), Nothing)


def _solved(clauses: Sequence[Clause], most: int) -> tuple[Walk, Sequence[BoundClause], State] | Nothing | Undetermined:
    """Any call that meets every clause, with the way to it."""
    if () in clauses:
        return NOTHING
    walk = Walk(Space(clauses), most)
    try:
        bound = walk.without_dead_ways(walk.start, walk.bind(clauses))
        found = walk.solve(walk.start, bound)
        if found is None:
            return _none(walk, clauses)
    except OutOfStepsError:
        return Undetermined((f"the question takes more than {most:,} steps",))
    return walk, bound, found


def _smallest(walk: Walk, clauses: Sequence[BoundClause], found: State) -> Example:
    walk.steps, walk.most = 0, min(walk.most, STEPS_TO_SMALLEST)
    smallest = Smallest(walk, clauses)
    try:
        state, is_smallest = smallest.of(walk.start), True
    except OutOfStepsError:
        walk.steps = 0
        state, is_smallest = smallest.any_of(found), False
    cells = zip(walk.space.places, state, strict=True)
    return Example(
        represent(walk.space, state), is_smallest and all(place.knows_smallest(*left) for place, left in cells)
    )


def _none(walk: Walk, clauses: Sequence[Clause]) -> Nothing | Undetermined:
    """What it means that no call was found: nothing, if whatever is not known to be possible would not help either."""
    if not walk.gaps:
        return NOTHING
    trusting = Walk(walk.space, walk.most, trusts_gaps=True)
    if trusting.solve(trusting.start, trusting.bind(clauses)) is None:
        return NOTHING
    return Undetermined(tuple(sorted(walk.gaps)))
