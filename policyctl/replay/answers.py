"""The answers of a replay as small numbers, which are cheap to hand around and to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from policyctl.model.decision import Decision, Verdict
from policyctl.replay.routing import Cell, Route
from policyctl.traces.read import TraceFile

#: Stands for no answer: such a call has to be looked at as a whole.
UNCLEAR = 0


class Answers:
    """Every route with each decision that a call there may meet; None is that of a route without a policy."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Route, Decision | None], int] = {}
        self.entries: list[tuple[Route, Decision | None] | None] = [None]
        #: The numbers of answers in which calls before have a say, and of those that no policy gave.
        self.hanging: set[int] = set()
        self.ungoverned: set[int] = set()
        #: Those that ask for an approval.
        self.waiting: set[int] = set()
        self._tally: Counter[int] = Counter()
        self._met = 0

    def number(self, route: Route, decision: Decision | None) -> int:
        """The number of an answer, the same for the same one."""
        number = self._numbers.get((route, decision))
        if number is None:
            number = self._numbers[route, decision] = len(self.entries)
            self.entries.append((route, decision))
            if decision is None:
                self.ungoverned.add(number)
                return number
            if decision.verdict is Verdict.APPROVAL:
                self.waiting.add(number)
            if decision.limits or decision.verdict is Verdict.APPROVAL:
                self.hanging.add(number)
        return number

    def at(self, number: int) -> tuple[Route, Decision]:
        """What the number of an answer by a policy stands for."""
        entry = self.entries[number]
        assert entry is not None
        route, decision = entry
        assert decision is not None
        return route, decision

    def count(self, numbers: Sequence[int], places: Sequence[int], file: TraceFile, line: int, record: int) -> None:
        """Counts the answers to some calls; a place is how far a call is behind that line and that record."""
        tally = self._tally
        tally.update(numbers)
        if len(tally) == self._met:
            return
        # What a counter met last stands last in it.
        for number in islice(reversed(tally), len(tally) - self._met):
            route, decision = self.at(number)
            if decision not in route.cells:
                place = places[numbers.index(number)]
                route.cells[decision] = Cell(file, line + place, record + place)
        self._met = len(tally)

    def settle(self) -> None:
        """Adds the counts to those of the routes."""
        for number, calls in self._tally.items():
            route, decision = self.at(number)
            route.cells[decision].calls += calls
        self._tally.clear()
        self._met = 0
