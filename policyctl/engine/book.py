"""The use of one limit by all its subjects, as far as the record tells."""

from __future__ import annotations

from dataclasses import dataclass, field

from policyctl.engine.accounts import Account, Accounts
from policyctl.engine.amount import Amount, maximum_of, plus
from policyctl.engine.column import Column
from policyctl.engine.windows import Subject
from policyctl.model.policy import Limit, Scope


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
    """Use of one limit that may lie on a subject, or in a window, or not."""

    number: int
    timed: Column
    floating: Amount = 0
    facts: set[str | None] = field(default_factory=set)

    def within(self, at: int | None) -> Amount:
        """The most of it that may count at this instant; None for an unknown one."""
        timed = self.timed.total(self.number) if at is None else self.timed.within(self.number, at)
        return plus(timed, self.floating)

    def add(self, at: int | None, amount: Amount, facts: set[str | None], horizon: int) -> None:
        """More of it, with the facts that would make it certain."""
        self.facts |= facts
        if at is None:
            self.floating = plus(self.floating, amount)
        else:
            self.timed.add(self.number, at, amount, horizon)


class Book:
    """The use of one limit: what is certain is in the accounts; what may be, and on anybody, is noted here.

    `number` is the limit's among those of the ledger.
    """

    def __init__(self, number: int, limit: Limit, accounts: Accounts) -> None:
        self.number = number
        self.limit = limit
        self.maximum = maximum_of(limit)
        self._accounts = accounts
        self.maybe: dict[Subject, Maybe] = {}
        #: Use by calls that do not say whose they are.
        self.anybody: Maybe | None = None
        self.peak = Peak()
        #: `peak.used`, for those who ask at every call.
        self.fullest: Amount = 0
        #: The most that any window was asked for, refused calls included: the smallest maximum that denies nothing.
        self.demand: Amount = 0

    @property
    def subjects(self) -> int:
        """How many subjects reached this limit, of those that the record names."""
        return self.subjects_beside(self._accounts.touches()[self.number])

    def subjects_beside(self, certain: int) -> int:
        """The same for a caller who asks about many limits and has counted the certain ones of all at once."""
        return certain + sum(not self._has_touched(who) for who in self.maybe)

    def _has_touched(self, subject: Subject) -> bool:
        account = self._accounts.find(subject)
        return account is not None and account.has_touched(self.number)

    @property
    def is_certain(self) -> bool:
        """No earlier call left the use of anybody open."""
        return not self.maybe and self.anybody is None

    def use(self, subject: Subject | None, at: int | None) -> Interval:
        """What a call by this subject at this instant finds used up; `most` is no more than a window can hold."""
        if subject is None:
            return Interval(0, self._held(self._most_of_anyone(at)))
        account = self._accounts.find(subject)
        least: Amount = 0 if account is None or at is None else account.used.within(self.number, at)
        if at is not None and self.is_certain:
            return Interval(least, least)
        most = plus(self._most_of(subject, account, at), self._most_on_anybody(at))
        return Interval(least, self._held(most))

    def fits_anybody(self, at: int | None, amount: Amount) -> bool:
        """Whether this much surely has room, whoever it is: known without a look at every subject, or False."""
        if at is None or self.maybe or not self._accounts.are_fixed:
            return False
        return plus(plus(self._most_on_anybody(at), self.fullest), amount) <= self.maximum

    def anything(self) -> Interval:
        """What is known of a window whose counts are gone."""
        return Interval(0, self._held(plus(self.maximum, self.maximum)))

    def _held(self, most: Amount) -> Amount:
        # A sliding window can hold more than the maximum: an earlier call that comes later does not see those behind it.
        return min(self.maximum, most) if self._accounts.are_fixed else most

    def spend(self, account: Account, subject: Subject, at: int, amount: Amount) -> None:
        """An allowed call of which everything is known."""
        used = account.used.add(self.number, at, amount, account.latest - self._accounts.reach)
        account.touch(self.number, at)
        self.fill(subject, at, used, account.refused.within(self.number, at))

    def fill(self, subject: Subject, at: int, used: Amount, refused: Amount) -> None:
        """Notes how full the window of a call is now, and what was refused in it."""
        if used > self.fullest:
            self.fullest = used
            self.peak = Peak(used, subject, at)
        self.want(used, refused)

    def want(self, used: Amount, refused: Amount) -> None:
        """Notes what a window would have had to hold to refuse nothing."""
        self.demand = max(self.demand, plus(used, refused))

    def refuse(self, account: Account, at: int, amount: Amount) -> None:
        """A call that reached the limit and was denied by it, or by another one behind the same step."""
        account.refused.add(self.number, at, amount, account.latest - self._accounts.reach)
        account.touch(self.number, at)
        self.want(account.used.within(self.number, at), account.refused.within(self.number, at))

    def ask(self, account: Account, at: int, amount: Amount) -> None:
        """A call that needed room and used nothing up, since it failed in the protocol."""
        account.touch(self.number, at)
        wanted = plus(account.used.within(self.number, at), amount)
        self.want(wanted, account.refused.within(self.number, at))

    def suspect(
        self, subject: Subject | None, at: int | None, amount: Amount | None, facts: set[str | None], *, horizon: int
    ) -> None:
        """A call that may count here, or may have been allowed; an unknown amount may be all the room there is."""
        self._accounts.is_clouded = True
        taken = self.maximum if amount is None else amount
        if subject is None:
            if self.anybody is None:
                self.anybody = Maybe(self.number, self._accounts.column())
            self.anybody.add(at, taken, facts | {self.limit.scope.value}, horizon)
            return
        note = self.maybe.get(subject)
        if note is None:
            note = self.maybe[subject] = Maybe(self.number, self._accounts.column())
        note.add(at, taken, facts, horizon)

    def facts_about(self, subject: Subject | None) -> set[str | None]:
        """What should have been recorded of earlier calls for the use by this subject to be certain."""
        notes = self.maybe.values() if subject is None else [self.maybe.get(subject)]
        return set().union(*(note.facts for note in (*notes, self.anybody) if note is not None))

    def _most_of(self, subject: Subject, account: Account | None, at: int | None) -> Amount:
        sure: Amount = 0
        if account is not None:
            sure = account.used.total(self.number) if at is None else account.used.within(self.number, at)
        note = self.maybe.get(subject)
        return sure if note is None else plus(sure, note.within(at))

    def _most_on_anybody(self, at: int | None) -> Amount:
        return 0 if self.anybody is None else self.anybody.within(at)

    def _most_of_anyone(self, at: int | None) -> Amount:
        most = self._most_on_anybody(at)
        if most >= self.maximum:
            # Enough to leave no certain room: looking at every subject would cost a pass over all of them.
            return most
        # Who is packed was silent before any window that this instant is in.
        accounts = self._accounts.all() if at is None else self._accounts.some()
        known = {subject: account for subject, account in accounts if self._is_mine(subject)}
        subjects = known.keys() | self.maybe.keys()
        return plus(most, max((self._most_of(who, known.get(who), at) for who in subjects), default=0))

    def _is_mine(self, subject: Subject) -> bool:
        return isinstance(subject, str) is (self.limit.scope is Scope.SESSION)
