"""Is there a call that meets all clauses: propagate what is certain, then branch on the clause with the fewest ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.place import ABSENT, Test
from policyctl.cells.space import Space
from policyctl.cells.texts import Unknown

#: Steps of one question before it is given up: a literal assumed is one, and one more for every `_PLACES_A_STEP` places;
#: to look through so many clauses is one.
MOST_STEPS = 200_000
_PLACES_A_STEP, _CLAUSES_A_STEP = 16, 32


class OutOfStepsError(Exception):
    """The question takes more than `MOST_STEPS` steps."""


#: What is left of one place: its cells, and the asks that its unnamed value is required to have, or forbidden.
Left: TypeAlias = tuple[int, int, int]
State: TypeAlias = tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class _Bound:
    """A literal on the cells of its place: where it is true and where it is not, and its ask on either side."""

    place: int
    true: int
    false: int
    among: int
    required: int
    forbidden: int

    @classmethod
    def of(cls, place: int, test: Test, *, holds: bool) -> _Bound:
        if holds:
            return cls(place, test.holds, test.fails, test.among, test.ask, 0)
        return cls(place, test.fails, test.holds, test.among, 0, test.ask)

    @property
    def opposite(self) -> _Bound:
        return _Bound(self.place, self.false, self.true, self.among, self.forbidden, self.required)


_Cube: TypeAlias = tuple[_Bound, ...]
BoundClause: TypeAlias = tuple[_Cube, ...]


@dataclass(slots=True)
class Walk:
    """One space of calls; `gaps` collects what could not be found out on the way.

    What is not known to be possible is left out, and with `trusts_gaps` kept: nothing found so is a proof all the same.
    """

    space: Space
    most: int = MOST_STEPS
    trusts_gaps: bool = False
    steps: int = 0
    gaps: dict[str, Unknown] = field(default_factory=dict)

    @property
    def start(self) -> State:
        """Every call."""
        return tuple((place.every, 0, 0) for place in self.space.places)

    def bind(self, clauses: Sequence[Clause]) -> list[BoundClause]:
        """The clauses in terms of cells."""
        return [tuple(tuple(map(self.bound, cube)) for cube in clause) for clause in clauses]

    def bound(self, literal: Literal) -> _Bound:
        number = self.space.numbers[literal.atom.path]
        return _Bound.of(number, self.space.places[number].test(literal.atom), holds=literal.holds)

    def solve(self, state: State, clauses: Sequence[BoundClause], present: int | None = None) -> State | None:
        """A part of `state` of which every call meets all clauses and gives at most `present` of the places; None if empty."""
        # Each entry are the ways that are left at one choice; a policy may have more choices than Python has stack.
        stack: list[Iterator[tuple[State, Sequence[BoundClause]]]] = [iter([(state, clauses)])]
        while stack:
            way = next(stack[-1], None)
            if way is None:
                stack.pop()
                continue
            propagated = self._propagate(*way, present)
            if propagated is None:
                continue
            left, open_clauses, narrow = propagated
            parts = self._parts(open_clauses) if present is None else [open_clauses]
            if narrow is None:
                found = left if present is None else self._settle(left, present)
            elif len(parts) > 1:
                found = self._solve_apart(left, parts)
            else:
                stack.append(self._ways(left, open_clauses, narrow))
                continue
            if found is not None:
                return found
        return None

    def _solve_apart(self, state: State, parts: Iterable[Sequence[BoundClause]]) -> State | None:
        """What has no place in common cannot contradict: a failure here need not be tried against every choice there."""
        for part in parts:
            solved = self.solve(state, part)
            if solved is None:
                return None
            state = solved
        return state

    def _ways(
        self, state: State, clauses: Sequence[BoundClause], cubes: BoundClause
    ) -> Iterator[tuple[State, Sequence[BoundClause]]]:
        """The state with each cube of a clause in turn, and without those that were tried before it."""
        for cube in cubes:
            chosen = self.assume(state, cube)
            if chosen is not None:
                yield chosen, clauses
            if len(cube) == 1:
                left = self.assume(state, (cube[0].opposite,))
                if left is None:
                    return
                state = left

    def _parts(self, clauses: Sequence[BoundClause]) -> list[list[BoundClause]]:
        """The clauses in groups that have no undecided place in common, nor places that bind each other."""
        groups: list[tuple[set[int], list[BoundClause]]] = []
        for clause in clauses:
            places = {self.space.roots[bound.place] for cube in clause for bound in cube}
            together = [group for group in groups if group[0] & places]
            groups = [group for group in groups if not group[0] & places]
            members = [one for _, part in together for one in part]
            groups.append((places.union(*(group[0] for group in together)), [*members, clause]))
        return [part for _, part in groups]

    def without_dead_ways(self, state: State, clauses: Sequence[BoundClause]) -> list[BoundClause]:
        """The clauses without the cubes that lead to a contradiction at once.

        Of two policies most rules are the same, so that most ways to be refused by the one are closed by the other: to find that
        out here saves finding it out again below every branch.
        """
        return [
            tuple(cube for cube in clause if self._leads_on(state, cube, clauses)) if len(clause) > 2 else clause
            for clause in clauses
        ]

    def _leads_on(self, state: State, cube: _Cube, clauses: Sequence[BoundClause]) -> bool:
        assumed = self.assume(state, cube)
        return assumed is not None and self._propagate(assumed, clauses, None) is not None

    def _propagate(
        self, state: State, clauses: Sequence[BoundClause], present: int | None
    ) -> tuple[State, list[BoundClause], BoundClause | None] | None:
        """What follows without a choice: the state, the clauses that are left and the narrowest of them; None if nothing is left."""
        while True:
            narrowed = self._sparing(state, present)
            if narrowed is None:
                return None
            open_clauses, narrow = self._open(narrowed, clauses)
            if narrow is None or len(narrow) > 1:
                return narrowed, open_clauses, narrow
            certain = self.assume(narrowed, narrow[0]) if narrow else None
            if certain is None:
                return None
            state, clauses = certain, open_clauses

    def _open(self, state: State, clauses: Sequence[BoundClause]) -> tuple[list[BoundClause], BoundClause | None]:
        """The clauses that are not met yet with the cubes that can still be true, and the one with the fewest of them."""
        self._step(len(clauses) // _CLAUSES_A_STEP)
        rest: list[BoundClause] = []
        narrow: BoundClause | None = None
        for clause in clauses:
            if any(_is_met(state, cube) for cube in clause):
                continue
            live = tuple(cube for cube in clause if _is_possible(state, cube))
            rest.append(live)
            if narrow is None or len(live) < len(narrow):
                narrow = live
                if len(live) == 0:
                    break
        return rest, narrow

    def _settle(self, state: State, present: int) -> State | None:
        """A part of the state that says of each place whether it is given, of at most so many."""
        stack = [state]
        while stack:
            left = self._sparing(stack.pop(), present)
            undecided = (
                [] if left is None else [n for n, (cells, _, _) in enumerate(left) if cells & ABSENT and cells > 1]
            )
            if left is not None and not undecided:
                return left
            if left is not None:
                # The last one is looked at first: without the place.
                ways = (self.restrict(left, undecided[0], choice) for choice in (~ABSENT, ABSENT))
                stack.extend(way for way in ways if way is not None)
        return None

    def _sparing(self, state: State, present: int | None) -> State | None:
        """The calls among these that give at most so many of the places."""
        if present is None:
            return state
        given = sum(not cells & ABSENT for cells, _, _ in state)
        if given > present:
            return None
        if given < present:
            return state
        for number, (cells, _, _) in enumerate(state):
            if cells & ABSENT and cells != ABSENT:
                narrowed = self.restrict(state, number, ABSENT)
                if narrowed is None:
                    return None
                state = narrowed
        return state if sum(not cells & ABSENT for cells, _, _ in state) <= present else None

    def assume(self, state: State, cube: _Cube) -> State | None:
        """The calls among these for which every literal is true, as far as cells tell; None if there is none."""
        for bound in cube:
            self._step(1 + len(state) // _PLACES_A_STEP)
            cells, required, forbidden = state[bound.place]
            left = (cells & bound.true, required | bound.required, forbidden | bound.forbidden)
            narrowed = self._put(state, bound.place, left)
            if narrowed is None:
                return None
            state = narrowed
        return state

    def _step(self, count: int) -> None:
        self.steps += count
        if self.steps > self.most:
            raise OutOfStepsError

    def restrict(self, state: State, number: int, cells: int) -> State | None:
        """The calls among these with one of the cells at a place."""
        before, required, forbidden = state[number]
        return self._put(state, number, (before & cells, required, forbidden))

    def demand(self, state: State, number: int, required: int, forbidden: int) -> State | None:
        """The calls among these whose unnamed value at a place has one set of asks and lacks the other."""
        cells, before_required, before_forbidden = state[number]
        return self._put(state, number, (cells, before_required | required, before_forbidden | forbidden))

    def _put(self, state: State, number: int, left: Left) -> State | None:
        """The state with one place narrowed, and with it those that it lies within or that lie within it."""
        waiting = [(number, left)]
        states = list(state)
        while waiting:
            number, (cells, required, forbidden) = waiting.pop()
            before = states[number]
            cells &= before[0]
            if (cells, required, forbidden) != before:
                possible, gap = self.space.places[number].possible(cells, required, forbidden)
                if gap is not None:
                    self.gaps.setdefault(gap.reason, gap)
                if gap is None or not self.trusts_gaps:
                    cells = possible
            if not cells:
                return None
            states[number] = (cells, required, forbidden)
            if cells != before[0]:
                waiting.extend(self._tied(states, number))
        return tuple(states)

    def _tied(self, states: list[Left], number: int) -> Iterator[tuple[int, Left]]:
        for tie in self.space.ties_of[number]:
            if tie.inner == number:
                other, allowed = tie.outer, tie.outward(states[number][0])
            else:
                other, allowed = tie.inner, tie.inward(states[number][0], self.space.places[tie.inner].every)
            cells, required, forbidden = states[other]
            if cells & ~allowed:
                yield other, (cells & allowed, required, forbidden)


def _is_met(state: State, cube: _Cube) -> bool:
    """Whether every call of the state has all literals of the cube."""
    for bound in cube:
        cells, required, forbidden = state[bound.place]
        if cells & bound.among:
            if cells & ~bound.true or not (required & bound.required or forbidden & bound.forbidden):
                return False
        elif cells & ~bound.true:
            return False
    return True


def _is_possible(state: State, cube: _Cube) -> bool:
    """Whether each literal alone leaves a cell; what they leave together is found out by assuming them."""
    for bound in cube:
        cells, required, forbidden = state[bound.place]
        cells &= bound.true
        if required & bound.forbidden or forbidden & bound.required:
            cells &= ~bound.among
        if not cells:
            return False
    return True
