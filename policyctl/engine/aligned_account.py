"""What one subject used up under fixed windows, seen through the accounts of all."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from policyctl.engine.amount import Amount, plus
from policyctl.engine.column import Amounts, Column, SlidingColumn
from policyctl.engine.windows import TIMES, Subject, forget_room, key_of, later_than, refused_in, times_in, used_in

if TYPE_CHECKING:
    from policyctl.engine.aligned import AlignedAccounts


class AlignedAccount:
    """A view of what one subject used up."""

    __slots__ = ("_accounts", "_subject", "refused", "shadow", "used")

    def __init__(self, accounts: AlignedAccounts, subject: Subject) -> None:
        self._accounts = accounts
        self._subject = subject
        self.used: Column = _Used(accounts, subject)
        self.refused: Amounts = _Refused(accounts, subject)
        self.shadow = _Shadow(accounts, subject)

    @property
    def latest(self) -> int:
        """The latest record of the subject."""
        return self._accounts.latest[self._subject]

    @latest.setter
    def latest(self, at: int) -> None:
        self._accounts.latest[self._subject] = at

    def touch(self, limit: int, at: int) -> None:
        """An entry is enough, even one of nothing."""
        self._accounts.open_entry(self._subject, limit, at)

    def has_touched(self, limit: int) -> bool:
        """Whether there is any entry."""
        return limit in self._accounts.reached(self._subject)


class _Used:
    """The use by one subject, in the form of a column."""

    __slots__ = ("_accounts", "_subject")

    def __init__(self, accounts: AlignedAccounts, subject: Subject) -> None:
        self._accounts = accounts
        self._subject = subject

    def within(self, limit: int, at: int) -> Amount:
        """What the window of this instant has used up."""
        return used_in(self._accounts.entry(self._subject, limit, at // self._accounts.lengths[limit]))

    def add(self, limit: int, at: int, amount: Amount, horizon: int) -> Amount:
        """Uses up some in the window of this instant; what the window holds now."""
        del horizon
        return self._accounts.use(self._subject, limit, at, amount)

    def total(self, limit: int) -> Amount:
        """All that was ever added."""
        return self._accounts.total(self._subject, limit)


class _Refused:
    """What one subject was refused; windows keep no sum of it."""

    __slots__ = ("_accounts", "_subject")

    def __init__(self, accounts: AlignedAccounts, subject: Subject) -> None:
        self._accounts = accounts
        self._subject = subject

    def within(self, limit: int, at: int) -> Amount:
        """What was refused in the window of this instant."""
        return refused_in(self._accounts.entry(self._subject, limit, at // self._accounts.lengths[limit]))

    def add(self, limit: int, at: int, amount: Amount, horizon: int) -> Amount:
        """Refuses some in the window of this instant; what it was refused in all."""
        del horizon
        entry = self._accounts.open_entry(self._subject, limit, at)
        refused: Amount = plus(entry[1], amount)
        entry[1] = refused
        return refused


class _Shadow:
    """The use by one subject if the same calls met sliding windows."""

    __slots__ = ("_accounts", "_subject")

    def __init__(self, accounts: AlignedAccounts, subject: Subject) -> None:
        self._accounts = accounts
        self._subject = subject

    def has_room(self, limit: int, at: int, amount: Amount, maximum: Amount) -> bool:
        """Whether this much more would stay within the maximum."""
        if limit not in self._accounts.counts:
            amounts = self._accounts.amounts.get(self._subject)
            return amount <= maximum if amounts is None else amounts.has_room(limit, at, amount, maximum)
        length = self._accounts.lengths[limit]
        number = at // length
        now, before = (self._accounts.entry(self._subject, limit, at) for at in (number, number - 1))
        return times_in(now) - later_than(now, at) + later_than(before, at - length) < maximum

    def note(self, limit: int, at: int, amount: Amount, horizon: int) -> None:
        """Uses up some at this instant."""
        if limit in self._accounts.counts:
            entry = self._accounts.open_entry(self._subject, limit, at)
            entry.insert(bisect_right(entry, at, TIMES), at)
            entry[0] -= 1
            windows = self._accounts.windows[limit]
            after = windows.at(at // windows.length + 1)
            # Room that was found in the window behind may be gone.
            forget_room(after.get(key_of(limit, self._subject)))
            return
        amounts = self._accounts.amounts.get(self._subject)
        if amounts is None:
            amounts = self._accounts.amounts[self._subject] = SlidingColumn(self._accounts.lengths)
        amounts.note(limit, at, amount, horizon)
