"""The one question of this package: is there a call that meets all of these clauses, and which is the smallest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyctl.cells.atoms import Clause
from policyctl.cells.represent import represent
from policyctl.cells.smallest import Smallest
from policyctl.cells.space import Space
from policyctl.cells.walk import MOST_STEPS, OutOfStepsError, Walk
from policyctl.model.values import JSONValue


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
    """The smallest call that meets every clause. It takes at most `most` steps to find one, and as many to find the smallest."""
    if () in clauses:
        return NOTHING
    walk = Walk(Space(clauses), most)
    bound = walk.bind(clauses)
    try:
        found = walk.solve(walk.start, bound)
    except OutOfStepsError:
        return Undetermined((f"the question takes more than {most:,} steps",))
    if found is None:
        return Undetermined(tuple(sorted(walk.gaps))) if walk.gaps else NOTHING
    walk.steps = 0
    smallest = Smallest(walk, bound)
    try:
        return Example(represent(walk.space, smallest.of(walk.start)))
    except OutOfStepsError:
        walk.steps = 0
        return Example(represent(walk.space, smallest.any_of(found)), is_smallest=False)
