"""The smallest call that meets all clauses.

A call is smaller if it gives fewer of the places asked about; then, place by place in order of paths, if its value there
is in an earlier cell (`place`): absent, then each kind of value by rank, kinds that a policy names there first, named
values before unnamed ones. Of two unnamed texts or lists in one cell the one that lacks the earlier ask is smaller, then
the one of lower rank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policyctl.cells.place import ABSENT
from policyctl.cells.walk import BoundClause, State, Walk


@dataclass(slots=True)
class Smallest:
    """Narrows a solution from its first place to its last, each time to what is smallest there and still leaves one."""

    walk: Walk
    clauses: Sequence[BoundClause]

    def of(self, state: State) -> State:
        """The one cell of each place, of the smallest call in the state, which has to hold a call that meets the clauses."""
        present, found = self._sparsest(state)
        for number, place in enumerate(self.walk.space.places):
            found, cell = self._lowest(state, found, number, present)
            state = self._narrowed(state, number, cell)
            for ask in place.asks_of(cell):
                state, found = self._ask(state, found, number, ask, present)
        return self.any_of(found)

    def _sparsest(self, state: State) -> tuple[int, State]:
        # Fewer than those that are certain to be given need not be tried.
        certain = self.walk.solve(state, [clause for clause in self.clauses if len(clause) == 1])
        least = 0 if certain is None else sum(not cells & ABSENT for cells, _, _ in certain)
        for present in range(least, len(state) + 1):
            found = self.walk.solve(state, self.clauses, present)
            if found is not None:
                return present, found
        raise AssertionError("a call that gives all places was there before")

    def _lowest(self, state: State, found: State, number: int, present: int) -> tuple[State, int]:
        """The first cell of the place that leaves a solution, with one."""
        while True:
            cells = found[number][0]
            cell = cells & -cells
            lower = self.walk.restrict(state, number, cell - 1)
            smaller = None if lower is None else self.walk.solve(lower, self.clauses, present)
            if smaller is None:
                return self._narrowed(found, number, cell), cell
            found = smaller

    def _ask(self, state: State, found: State, number: int, ask: int, present: int) -> tuple[State, State]:
        """Whether the unnamed value of a place can do without what the ask is about, decided."""
        for required, forbidden in ((0, ask), (ask, 0)):
            asked = self.walk.demand(state, number, required, forbidden)
            answer = None if asked is None else self.walk.solve(asked, self.clauses, present)
            if asked is not None and answer is not None:
                return asked, answer
        return state, found

    def _narrowed(self, state: State, number: int, cells: int) -> State:
        narrowed = self.walk.restrict(state, number, cells)
        assert narrowed is not None
        return narrowed

    def any_of(self, found: State) -> State:
        """The first cell of each place, of a solution."""
        for number in range(len(found)):
            cells = found[number][0]
            found = self._narrowed(found, number, cells & -cells)
        return found
