"""Use in windows that are aligned to UTC, stored by time first: the windows of now are few, and stay near the processor.

What one subject used of one limit in one window is an *entry*: the instant of a single use, as most are, or a list of
what was used up, what was refused, and the instants at which sliding windows would have allowed a use.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator
from typing import Any, TypeAlias

from policyctl.engine.amount import Amount

#: The number of a limit with a session, or with a server and a grant: flat, since one is made for every call.
Key: TypeAlias = tuple[Any, ...]
#: Who shares a count: the server and its grant together, or a session.
Subject: TypeAlias = Hashable
Entry: TypeAlias = int | list[Any]

#: Where the instants of an entry begin.
TIMES = 2
_EMPTY: dict[Key, Entry] = {}


def key_of(limit: int, subject: Subject) -> Key:
    """The key of a subject's use of a limit."""
    return (limit, *subject) if isinstance(subject, tuple) else (limit, subject)


def subject_in(key: Key) -> Subject:
    """The subject in a key."""
    return key[1] if len(key) == 2 else key[1:]


def used_in(entry: Entry | None) -> Amount:
    """What was used up."""
    if entry is None:
        return 0
    used: Amount = 1 if isinstance(entry, int) else entry[0]
    return used


def refused_in(entry: Entry | None) -> Amount:
    """What was refused."""
    if entry is None or isinstance(entry, int):
        return 0
    refused: Amount = entry[1]
    return refused


def later_than(entry: Entry, moment: int) -> int:
    """How many of the instants of an entry lie behind this one."""
    if isinstance(entry, int):
        return entry > moment
    return len(entry) - bisect_right(entry, moment, TIMES)


class Windows:
    """The windows of one length, of all limits that have it.

    `number` is the one that was asked for last, `now` holds its entries and `before` those of the one before it.
    """

    __slots__ = ("before", "kept", "length", "now", "number", "swept")

    def __init__(self, length: int) -> None:
        self.length = length
        self.kept: dict[int, dict[Key, Entry]] = {}
        #: Windows up to this one are not here any more.
        self.swept: int | None = None
        self.number: int | None = None
        self.now = self.before = _EMPTY

    def turn(self, number: int) -> None:
        """Goes to another window."""
        self.now = self.kept.setdefault(number, {})
        self.before = self.kept.get(number - 1, _EMPTY)
        self.number = number

    def is_swept(self, number: int) -> bool:
        """Whether the entries of a window lie with their subjects now."""
        return self.swept is not None and number <= self.swept

    def sweep(self, moment: int) -> Iterator[tuple[int, dict[Key, Entry]]]:
        """Takes out the windows that ended by then, by number."""
        last = moment // self.length - 1
        # What was turned to may be among them.
        self.number = None
        for number in sorted(number for number in self.kept if number <= last):
            yield number, self.kept.pop(number)
        self.swept = last if self.swept is None else max(self.swept, last)
