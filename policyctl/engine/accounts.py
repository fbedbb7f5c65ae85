"""Who used up what: an account for each grant and each session, small for those that are long silent."""

from __future__ import annotations

import marshal
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from policyctl.engine.amount import Amount
from policyctl.engine.column import Amounts, Column
from policyctl.engine.windows import Subject
from policyctl.model.time import BEFORE_ALL_TIMES


class Shadow(Protocol):
    """The use by one subject if the same calls met sliding windows."""

    def has_room(self, limit: int, at: int, amount: Amount, maximum: Amount) -> bool:
        """Whether this much more would stay within the maximum."""
        ...

    def note(self, limit: int, at: int, amount: Amount, horizon: int) -> None:
        """Uses up some at this instant."""
        ...


class Account(Protocol):
    """The certain use by one subject of every limit, and what it was refused; `latest` is its latest record."""

    latest: int

    @property
    def used(self) -> Column:
        """What it used up."""
        ...

    @property
    def refused(self) -> Amounts:
        """What it was refused."""
        ...

    @property
    def shadow(self) -> Shadow:
        """What it would have used up of sliding windows."""
        ...

    def touch(self, limit: int, at: int) -> None:
        """The subject reaches this limit, whether it uses any of it or not."""
        ...

    def has_touched(self, limit: int) -> bool:
        """Whether the subject ever reached this limit."""
        ...


class Accounts(ABC):
    """All accounts of a ledger.

    A trace may name more subjects than fit into memory as they are. One that has been silent for longer than anybody can
    ask back is packed, and unpacked when it comes back: nothing is lost and no answer changes.
    """

    #: Whether windows are aligned, so that none ever holds more than its maximum.
    are_fixed: bool

    def __init__(self, lengths: tuple[int, ...], reach: int) -> None:
        #: Of the window of each limit, in nanoseconds.
        self.lengths = lengths
        #: How far behind the latest record of a subject counts are kept, in nanoseconds.
        self.reach = reach
        #: How long a subject is silent before it is packed: no window that anybody can ask for reaches so far back.
        self.silence = 2 * (reach + max(lengths, default=0))
        #: Whether any use is not certain, of any limit: then every call has to look closely.
        self.is_clouded = False
        self._packed: dict[Subject, bytes] = {}
        self._packed_touches: Counter[int] = Counter()
        self.newest = BEFORE_ALL_TIMES
        #: From this instant on, silent accounts are looked for again.
        self.next_sweep = BEFORE_ALL_TIMES

    @abstractmethod
    def column(self) -> Column:
        """An empty column for the limits of this ledger."""

    @abstractmethod
    def open(self, subject: Subject, at: int) -> Account:
        """The account of a subject, new at this instant if it was not there."""

    @abstractmethod
    def awake(self) -> Mapping[Subject, int]:
        """The latest record of every subject that is not packed."""

    @abstractmethod
    def _live(self, subject: Subject) -> Account | None:
        """The account of a subject that is not packed."""

    @abstractmethod
    def _touches(self) -> Counter[int]:
        """How many subjects that are not packed reached each limit."""

    @abstractmethod
    def _tidy(self) -> None:
        """Forgets what nobody can ask for any more."""

    @abstractmethod
    def _take(self, subject: Subject) -> tuple[Any, set[int]]:
        """Removes all that is known of a subject: as plain data, and which limits it reached."""

    @abstractmethod
    def _give(self, subject: Subject, content: Any, touched: set[int]) -> None:
        """Brings back what was taken, beside what has come since."""

    def find(self, subject: Subject) -> Account | None:
        """The account of a subject that was there before."""
        if subject in self._packed:
            content, touched = marshal.loads(self._packed.pop(subject))  # noqa: S302 - bytes of our own making
            self._packed_touches.subtract(touched)
            self._give(subject, content, touched)
        return self._live(subject)

    def all(self) -> Iterator[tuple[Subject, Account]]:
        """Every account, unpacked."""
        for subject in dict.fromkeys((*self._packed, *self.awake())):
            account = self.find(subject)
            if account is not None:
                yield subject, account

    def some(self) -> Iterator[tuple[Subject, Account]]:
        """Every account that is not packed: all that have a window in common with a call that is not late."""
        for subject in tuple(self.awake()):
            account = self._live(subject)
            if account is not None:
                yield subject, account

    def touches(self) -> Counter[int]:
        """How many subjects reached each limit."""
        for subject in self._packed.keys() & self.awake().keys():
            self.find(subject)
        return self._packed_touches + self._touches()

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
            self._tidy()
            for subject in [who for who, latest in self.awake().items() if latest < newest - self.silence]:
                self._pack(subject)
            self.next_sweep = newest + self.reach // 4

    def is_late(self, subject: Subject | None, at: int) -> bool:
        """Whether the counts that a call needs are no longer kept."""
        if subject is None:
            # It may be of any subject, so of one whose counts are gone.
            return at < self.newest - self.reach
        account = self.find(subject)
        return account is not None and at < account.latest - self.reach

    def _pack(self, subject: Subject) -> None:
        self.find(subject)
        content, touched = self._take(subject)
        try:
            self._packed[subject] = marshal.dumps((content, touched))
        except ValueError:
            # Exact decimals, which stay as they are.
            self._give(subject, content, touched)
        else:
            self._packed_touches.update(touched)
