"""Accounts of fixed windows, whose entries lie by time until everybody has moved on from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from policyctl.engine.accounts import Account, Accounts
from policyctl.engine.aligned_account import AlignedAccount
from policyctl.engine.amount import Amount, minus, plus
from policyctl.engine.column import Column, FixedColumn, SlidingColumn
from policyctl.engine.windows import (
    Entry,
    Key,
    Subject,
    Windows,
    forget_room,
    key_of,
    opened,
    used_in,
)


class AlignedAccounts(Accounts):
    """All accounts under fixed windows.

    Entries of windows that ended before any usual call could ask for them are swept to their subjects; what a subject
    cannot ask for any more becomes part of its total.
    """

    are_fixed = True

    def __init__(self, lengths: tuple[int, ...], reach: int, counts: Collection[int]) -> None:
        super().__init__(lengths, reach)
        #: The limits that count calls; the others count amounts.
        self.counts = counts
        self.latest: dict[Subject, int] = {}
        by_length = {length: Windows(length) for length in lengths}
        #: By the number of a limit.
        self.windows = [by_length[length] for length in lengths]
        #: Swept entries by subject, then by limit and window.
        self._swept: dict[Subject, dict[tuple[int, int], Entry]] = {}
        #: How far a subject was when its swept entries were gone through.
        self._forgotten: dict[Subject, int] = {}
        #: What a subject used up before those, by limit.
        self._totals: dict[Subject, dict[int, Amount]] = {}
        #: What sliding windows would have allowed of limits that count amounts.
        self.amounts: dict[Subject, SlidingColumn] = {}
        #: What is in `windows` in all; kept from the first time that somebody asks.
        self._sums: dict[Key, Amount] | None = None

    def column(self) -> Column:
        """An empty column of fixed windows."""
        return FixedColumn(self.lengths)

    def open(self, subject: Subject, at: int) -> Account:
        """The account of a subject, new at this instant if it was not there."""
        account = self.find(subject)
        if account is None:
            self.latest[subject] = at
            account = AlignedAccount(self, subject)
        return account

    def awake(self) -> Mapping[Subject, int]:
        """The latest record of every subject that is not packed."""
        return self.latest

    def entry(self, subject: Subject, limit: int, number: int) -> Entry | None:
        """What the subject used of a limit in a window, if it reached the limit then."""
        windows = self.windows[limit]
        if windows.is_swept(number):
            return self._swept.get(subject, {}).get((limit, number))
        return windows.at(number).get(key_of(limit, subject))

    def open_entry(self, subject: Subject, limit: int, at: int) -> list[Any]:
        """The same for the window of an instant, to be written to."""
        windows = self.windows[limit]
        number = at // windows.length
        entries: dict[Any, Entry]
        if windows.is_swept(number):
            entries, key = self._swept.setdefault(subject, {}), (limit, number)
        else:
            windows.turn(number)
            entries, key = windows.now, key_of(limit, subject)
        entry = opened(entries, key)
        forget_room(entry)
        return entry

    def use(self, subject: Subject, limit: int, at: int, amount: Amount) -> Amount:
        """Uses up some; what the window holds now."""
        entry = self.open_entry(subject, limit, at)
        entry[0] = plus(entry[0], amount)
        used = used_in(entry)
        if self._sums is not None and not self.windows[limit].is_swept(at // self.windows[limit].length):
            key = key_of(limit, subject)
            self._sums[key] = plus(self._sums.get(key, 0), amount)
        return used

    def total(self, subject: Subject, limit: int) -> Amount:
        """All that a subject ever used up of a limit."""
        if self._sums is None:
            # Whoever counts without this module's knowledge has to stop now.
            self.is_clouded = True
            self._sums = {}
            for kept in self._all_windows():
                for entries in kept.all():
                    for key, entry in entries.items():
                        self._sums[key] = plus(self._sums.get(key, 0), used_in(entry))
        total = plus(self._sums.get(key_of(limit, subject), 0), self._totals.get(subject, {}).get(limit, 0))
        for (number, _), entry in self._swept.get(subject, {}).items():
            if number == limit:
                total = plus(total, used_in(entry))
        return total

    def reached(self, subject: Subject) -> set[int]:
        """The limits that a subject reached."""
        swept = {limit for limit, _ in self._swept.get(subject, {})} | self._totals.get(subject, {}).keys()
        return swept | {
            limit
            for limit, windows in enumerate(self.windows)
            if any(key_of(limit, subject) in entries for entries in windows.all())
        }

    def _all_windows(self) -> Sequence[Windows]:
        return tuple({windows.length: windows for windows in self.windows}.values())

    def _live(self, subject: Subject) -> Account | None:
        return AlignedAccount(self, subject) if subject in self.latest else None

    def _touches(self) -> Counter[int]:
        keys: set[Key] = set()
        for windows in self._all_windows():
            keys.update(*windows.all())
        for subject, entries in self._swept.items():
            keys.update(key_of(limit, subject) for limit, _ in entries)
        for subject, totals in self._totals.items():
            keys.update(key_of(limit, subject) for limit in totals)
        return Counter(key[0] for key in keys)

    def _tidy(self) -> None:
        """Sweeps windows to their subjects, and what these cannot ask for any more into their totals."""
        for windows in self._all_windows():
            for number, entries in windows.sweep(self.newest - self.silence + max(self.lengths)):
                self._spread(entries, number, self._gone_from(windows.length, number))
        for subject, latest in self.latest.items():
            # Who has not moved since can still ask for as much.
            if subject in self._swept and self._forgotten.get(subject) != latest:
                self._forget(subject, latest)

    def _spread(self, entries: Mapping[Key, Entry], number: int, gone_from: int) -> None:
        sums, latest, totals = self._sums, self.latest, self._totals
        # Once for every entry there ever was: what others do in a call of their own is written out.
        for key, entry in entries.items():
            limit = key[0]
            subject = key[1] if len(key) == 2 else key[1:]
            used: Amount = 1 if entry.__class__ is int else used_in(entry)
            if sums is not None:
                sums[key] = minus(sums.get(key, 0), used)
            if latest[subject] < gone_from:
                self._swept.setdefault(subject, {})[limit, number] = entry
                continue
            own = totals.get(subject)
            if own is None:
                own = totals[subject] = {}
            before = own.get(limit)
            own[limit] = used if before is None else plus(before, used)

    def _forget(self, subject: Subject, latest: int) -> None:
        self._forgotten[subject] = latest
        entries, totals = self._swept[subject], self._totals.setdefault(subject, {})
        for limit, number in tuple(entries):
            if latest >= self._gone_from(self.lengths[limit], number):
                totals[limit] = plus(totals.get(limit, 0), used_in(entries.pop((limit, number))))
        if not entries:
            del self._swept[subject]

    def _gone_from(self, length: int, number: int) -> int:
        """How far a subject has to be for the window to lie before any that it can ask for, aligned or sliding."""
        return (number + 2) * length + self.reach

    def _take(self, subject: Subject) -> tuple[Any, set[int]]:
        swept, totals = self._swept.pop(subject, {}), self._totals.pop(subject, {})
        amounts = self.amounts.pop(subject, None)
        self._forgotten.pop(subject, None)
        touched = {limit for limit, _ in swept} | totals.keys()
        content = (self.latest.pop(subject), swept, totals, None if amounts is None else amounts.packed())
        return content, touched

    def _give(self, subject: Subject, content: Any, touched: set[int]) -> None:
        del touched
        latest, swept, totals, amounts = content
        self.latest[subject] = max(self.latest.get(subject, latest), latest)
        # What came in the meantime is of other windows: those that were packed had been swept.
        self._swept[subject] = {**swept, **self._swept.get(subject, {})}
        own = self._totals.setdefault(subject, {})
        for limit, amount in totals.items():
            own[limit] = plus(own.get(limit, 0), amount)
        if amounts is not None:
            self.amounts[subject] = SlidingColumn(self.lengths)
            self.amounts[subject].unpack(amounts)
