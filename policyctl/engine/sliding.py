"""Accounts of sliding windows: a log of uses for each subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from policyctl.engine.accounts import Account, Accounts
from policyctl.engine.column import Column, SlidingColumn
from policyctl.engine.windows import Subject


class SlidingAccounts(Accounts):
    """All accounts under sliding windows."""

    are_fixed = False

    def __init__(self, lengths: tuple[int, ...], reach: int) -> None:
        super().__init__(lengths, reach)
        self._accounts: dict[Subject, SlidingAccount] = {}

    def column(self) -> Column:
        """An empty column of sliding windows."""
        return SlidingColumn(self.lengths)

    def open(self, subject: Subject, at: int) -> Account:
        """The account of a subject, new at this instant if it was not there."""
        account = self.find(subject)
        if account is None:
            account = self._accounts[subject] = SlidingAccount(self.lengths, at)
        return account

    def awake(self) -> Mapping[Subject, int]:
        """The latest record of every subject that is not packed."""
        return {subject: account.latest for subject, account in self._accounts.items()}

    def _live(self, subject: Subject) -> Account | None:
        return self._accounts.get(subject)

    def _touches(self) -> Counter[int]:
        return Counter(limit for account in self._accounts.values() for limit in account.touched)

    def _tidy(self) -> None:
        """Each log is tidied when something is added to it."""

    def _take(self, subject: Subject) -> tuple[Any, set[int]]:
        account = self._accounts.pop(subject)
        return (account.latest, account.used.packed(), account.refused.packed()), account.touched

    def _give(self, subject: Subject, content: Any, touched: set[int]) -> None:
        latest, used, refused = content
        account = self._accounts[subject] = SlidingAccount(self.lengths, latest)
        account.used.unpack(used)
        account.refused.unpack(refused)
        account.touched = touched


class SlidingAccount:
    """What one subject used up and was refused."""

    __slots__ = ("latest", "refused", "touched", "used")

    def __init__(self, lengths: tuple[int, ...], at: int) -> None:
        self.latest = at
        self.used = SlidingColumn(lengths)
        self.refused = SlidingColumn(lengths)
        self.touched: set[int] = set()

    @property
    def shadow(self) -> SlidingColumn:
        """Itself: these windows slide."""
        return self.used

    def touch(self, limit: int, at: int) -> None:
        """Noted by limit alone."""
        del at
        self.touched.add(limit)

    def has_touched(self, limit: int) -> bool:
        """Whether it was."""
        return limit in self.touched
