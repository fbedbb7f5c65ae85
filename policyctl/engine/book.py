"""The use of one limit by all its subjects, as far as the record tells."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from policyctl.engine.amount import Amount, maximum_of, plus
from policyctl.engine.tally import FixedTally, Tally
from policyctl.model.policy import Limit

#: Who shares a count: the server and its grant together, or a session; None where the record does not say.
Subject = Hashable


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most that may be used up."""

    least: Amount
    most: Amount


@dataclass(frozen=True, slots=True)
class Peak:
    """The fullest window: what was used up in it, by whom, and at which instant."""

    used: Amount = 0
    subject: Subject | None = None
    at: int | None = None


@dataclass(slots=True)
class Maybe:
    """Use that may lie on a subject, or in a window, or not."""

    timed: Tally
    floating: Amount = 0
    facts: set[str | None] = field(default_factory=set)

    def within(self, at: int | None) -> Amount:
        """The most of it that may count at this instant; None for an unknown one."""
        return plus(self.timed.total if at is None else self.timed.within(at), self.floating)

    def add(self, at: int | None, amount: Amount, facts: set[str | None], horizon: int) -> None:
        """More of it, with the facts that would make it certain."""
        self.facts |= facts
        if at is None:
            self.floating = plus(self.floating, amount)
        else:
            self.timed.add(at, amount, horizon)


class Book:
    """The use of one limit: what is certain by subject, what may be, and what may be on anybody."""

    def __init__(self, limit: Limit, new_tally: Callable[[int], Tally]) -> None:
        self.limit = limit
        self.maximum = maximum_of(limit)
        self._new_tally = new_tally
        self.certain: dict[Subject, Tally] = {}
        self.maybe: dict[Subject, Maybe] = {}
        #: Use by calls that do not say whose they are.
        self.anybody: Maybe | None = None
        self.refused: dict[Subject, Tally] = {}
        self.peak = Peak()
        #: The most that any window was asked for, refused calls included: the smallest maximum that denies nothing.
        self.demand: Amount = 0

    @property
    def is_certain(self) -> bool:
        """No earlier call left the use of anybody open."""
        return not self.maybe and self.anybody is None

    def use(self, subject: Subject | None, at: int | None) -> Interval:
        """What a call by this subject at this instant finds used up; `most` is no more than a window can hold."""
        if subject is None:
            return Interval(0, self._held(self._most_of_anyone(at)))
        certain = self.certain.get(subject)
        least: Amount = 0 if certain is None or at is None else certain.within(at)
        if at is not None and self.is_certain:
            return Interval(least, least)
        return Interval(least, self._held(plus(self._most_of(subject, at), self._most_on_anybody(at))))

    def anything(self) -> Interval:
        """What is known of a window whose counts are gone."""
        return Interval(0, self._held(plus(self.maximum, self.maximum)))

    def _held(self, most: Amount) -> Amount:
        # A sliding window can hold more than the maximum: an earlier call that comes later does not see those behind it.
        return min(self.maximum, most) if self._new_tally is FixedTally else most

    def spend(self, subject: Subject | None, at: int | None, amount: Amount, *, horizon: int) -> None:
        """An allowed call."""
        if subject is None or at is None:
            self._note(subject, at, amount, {"ts"} if at is None else set(), horizon)
            return
        tally = self.certain.get(subject)
        if tally is None:
            tally = self.certain[subject] = self._new_tally(self.limit.window)
        used = tally.add(at, amount, horizon)
        if used > self.peak.used:
            self.peak = Peak(used, subject, at)
            self.demand = max(self.demand, used)
        if self.refused:
            self._want(subject, at, used)

    def refuse(self, subject: Subject | None, at: int | None, amount: Amount, *, horizon: int) -> None:
        """A call that reached the limit and was denied by it, or by another one behind the same step."""
        if subject is None or at is None:
            return
        tally = self.refused.get(subject)
        if tally is None:
            tally = self.refused[subject] = self._new_tally(self.limit.window)
        tally.add(at, amount, horizon)
        certain = self.certain.get(subject)
        self._want(subject, at, 0 if certain is None else certain.within(at))

    def ask(self, subject: Subject | None, at: int | None, amount: Amount) -> None:
        """A call that needed room and used nothing up, since it failed in the protocol."""
        if subject is None or at is None:
            return
        certain = self.certain.get(subject)
        self._want(subject, at, amount if certain is None else plus(certain.within(at), amount))

    def _want(self, subject: Subject, at: int, used: Amount) -> None:
        refused = self.refused.get(subject)
        wanted = used if refused is None else plus(used, refused.within(at))
        self.demand = max(self.demand, wanted)

    def suspect(
        self, subject: Subject | None, at: int | None, amount: Amount | None, facts: set[str | None], *, horizon: int
    ) -> None:
        """A call that may have been allowed; an unknown amount may be all the room there is."""
        self._note(subject, at, self.maximum if amount is None else amount, facts, horizon)

    def facts_about(self, subject: Subject | None) -> set[str | None]:
        """What should have been recorded of earlier calls for the use by this subject to be certain."""
        notes = self.maybe.values() if subject is None else [self.maybe.get(subject)]
        return set().union(*(note.facts for note in (*notes, self.anybody) if note is not None))

    def _note(
        self, subject: Subject | None, at: int | None, amount: Amount, facts: set[str | None], horizon: int
    ) -> None:
        if subject is None:
            if self.anybody is None:
                self.anybody = Maybe(self._new_tally(self.limit.window))
            self.anybody.add(at, amount, facts | {self.limit.scope.value}, horizon)
            return
        note = self.maybe.get(subject)
        if note is None:
            note = self.maybe[subject] = Maybe(self._new_tally(self.limit.window))
        note.add(at, amount, facts, horizon)

    def _most_of(self, subject: Subject, at: int | None) -> Amount:
        certain = self.certain.get(subject)
        sure: Amount = 0 if certain is None else certain.total if at is None else certain.within(at)
        note = self.maybe.get(subject)
        return sure if note is None else plus(sure, note.within(at))

    def _most_on_anybody(self, at: int | None) -> Amount:
        return 0 if self.anybody is None else self.anybody.within(at)

    def _most_of_anyone(self, at: int | None) -> Amount:
        shared = self._most_on_anybody(at)
        if shared >= self.maximum:
            # Enough to leave no certain room: looking at every subject would cost a pass over all of them.
            return shared
        subjects = self.certain.keys() | self.maybe.keys()
        return plus(shared, max((self._most_of(subject, at) for subject in subjects), default=0))
