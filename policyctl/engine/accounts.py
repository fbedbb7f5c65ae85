"""Who used up what: an account for each grant and each session, small for those that are long silent."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from policyctl.engine.column import Column, FixedColumn, SlidingColumn
from policyctl.model.time import BEFORE_ALL_TIMES

#: Who shares a count: the server and its grant together, or a session; None where the record does not say.
Subject = Hashable


class Account:
    """The certain use by one subject of every limit, and what it was refused; `latest` is its latest record.

    `shadow` is its use if the same calls met sliding windows, where somebody asks for that.
    """

    __slots__ = ("latest", "refused", "shadow", "touched", "used")

    def __init__(self, used: Column, shadow: SlidingColumn, at: int) -> None:
        self.latest = at
        self.used = used
        self.shadow = shadow
        self.refused: Column | None = None
        #: A bit for each limit that the subject reached.
        self.touched = 0


class Accounts:
    """All accounts of a ledger.

    A trace may name more subjects than fit into memory as they are. One that has been silent for longer than anybody can
    ask back is packed, and unpacked when it comes back: nothing is lost and no answer changes.
    """

    def __init__(self, windows: Sequence[int], reach: int, new_column: Callable[[Sequence[int]], Column]) -> None:
        self._windows = windows
        #: How far behind the latest record of a subject counts are kept, in nanoseconds.
        self.reach = reach
        self._new_column = new_column
        #: Whether windows are aligned, so that none ever holds more than its maximum.
        self.are_fixed = new_column is FixedColumn
        #: Whether any use is not certain, of any limit: then every call has to look closely.
        self.is_clouded = False
        self.live: dict[Subject, Account] = {}
        self._packed: dict[Subject, bytes] = {}
        self.newest = BEFORE_ALL_TIMES
        #: From this instant on, silent accounts are looked for again.
        self.next_sweep = BEFORE_ALL_TIMES

    def column(self) -> Column:
        """An empty column for the limits of this ledger."""
        return self._new_column(self._windows)

    def find(self, subject: Subject) -> Account | None:
        """The account of a subject that was there before."""
        account = self.live.get(subject)
        if account is None and subject in self._packed:
            account = self.live[subject] = self._unpack(self._packed.pop(subject))
        return account

    def open(self, subject: Subject, at: int) -> Account:
        """The account of a subject, new at this instant if it was not there."""
        account = self.find(subject)
        if account is None:
            account = self.live[subject] = Account(self.column(), SlidingColumn(self._windows), at)
        return account

    def advance(self, accounts: Iterable[Account | None], at: int) -> None:
        """The latest record of these subjects moves forward; an earlier one leaves it where it is."""
        for account in accounts:
            if account is not None and at > account.latest:
                account.latest = at
        # Only now: a sweep must not pack one of them for having been silent until this call.
        if at > self.newest:
            self.move_on(at)

    def move_on(self, newest: int) -> None:
        """The latest record of all moves forward; those of the subjects it is about have moved before."""
        self.newest = newest
        if newest >= self.next_sweep:
            self._sweep(newest)

    def is_late(self, subject: Subject | None, at: int) -> bool:
        """Whether the counts that a call needs are no longer kept."""
        if subject is None:
            # It may be of any subject, so of one whose counts are gone.
            return at < self.newest - self.reach
        account = self.find(subject)
        return account is not None and at < account.latest - self.reach

    def all(self) -> Iterator[tuple[Subject, Account]]:
        """Every account, unpacked."""
        for subject in (*self._packed, *self.live):
            account = self.find(subject)
            if account is not None:
                yield subject, account

    def _sweep(self, newest: int) -> None:
        """Packs who has been silent for so long that not even a window shared with now can reach back."""
        silent = [subject for subject, account in self.live.items() if account.latest < newest - 2 * self.reach]
        for subject in silent:
            packed = _pack(self.live[subject])
            if packed is not None:
                self._packed[subject] = packed
                del self.live[subject]
        self.next_sweep = newest + self.reach // 4

    def _unpack(self, content: bytes) -> Account:
        latest, touched, used, refused, shadow = marshal.loads(zlib.decompress(content))  # noqa: S302 - bytes of our own making
        account = Account(self.column(), SlidingColumn(self._windows), latest)
        account.touched = touched
        account.used.unpack(used)
        account.shadow.unpack(shadow)
        if refused is not None:
            account.refused = self.column()
            account.refused.unpack(refused)
        return account


def _pack(account: Account) -> bytes | None:
    """None for an account of exact decimals, which stay as they are."""
    refused = None if account.refused is None else account.refused.packed()
    content = (account.latest, account.touched, account.used.packed(), refused, account.shadow.packed())
    try:
        return zlib.compress(marshal.dumps(content), level=1)
    except ValueError:
        return None
