"""Use in windows that are aligned to UTC, stored by time first: the windows of now are few, and stay near the processor.

What one subject used of one limit in one window is an *entry*: the instant of a single use, as most are, or a list. It
ends with the instants at which sliding windows would have allowed a use, and begins with what was used up beside as many,
what was refused, and how long the list may get until somebody has to look at more than its length.
"""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from policyctl.engine.amount import Amount, plus
from policyctl.model.time import BEFORE_ALL_TIMES

#: The number of a limit with a session, or with a server and a grant: flat, since one is made for every call.
Key: TypeAlias = tuple[Any, ...]
#: Who shares a count: the server and its grant together, or a session.
Subject: TypeAlias = Hashable
Entry: TypeAlias = int | list[Any]

#: Where the instants of an entry begin.
TIMES = 3
#: As many entries as this are kept as they are, and the windows that somebody has asked for lately.
_ROOM, _LATELY = 262_144, 3
_EMPTY: dict[Key, Entry] = {}


def key_of(limit: int, subject: Subject) -> Key:
    """The key of a subject's use of a limit."""
    return (limit, *subject) if isinstance(subject, tuple) else (limit, subject)


def subject_in(key: Key) -> Subject:
    """The subject in a key."""
    return key[1] if len(key) == 2 else key[1:]


def opened(entries: dict[Any, Entry], key: Any) -> list[Any]:
    """The entry of a key as a list that may be written to."""
    entry = entries.get(key)
    if not isinstance(entry, list):
        entry = entries[key] = [0, 0, 0] if entry is None else [0, 0, 0, entry]
    return entry


def forget_room(entry: Entry | None) -> None:
    """Has somebody look at the window before again."""
    if isinstance(entry, list):
        entry[2] = 0


def times_in(entry: Entry | None) -> int:
    """How many instants there are."""
    if entry is None:
        return 0
    return 1 if isinstance(entry, int) else len(entry) - TIMES


def used_in(entry: Entry | None) -> Amount:
    """What was used up."""
    if not isinstance(entry, list):
        return times_in(entry)
    beside: Amount = entry[0]
    return plus(beside, len(entry) - TIMES) if len(entry) > TIMES else beside


def refused_in(entry: Entry | None) -> Amount:
    """What was refused."""
    if not isinstance(entry, list):
        return 0
    refused: Amount = entry[1]
    return refused


def last_in(entry: Entry | None) -> int:
    """The last of the instants."""
    if not isinstance(entry, list):
        return BEFORE_ALL_TIMES if entry is None else entry
    last: int = entry[-1] if len(entry) > TIMES else BEFORE_ALL_TIMES
    return last


def later_than(entry: Entry | None, moment: int) -> int:
    """How many of the instants lie behind this one."""
    if not isinstance(entry, list):
        return entry is not None and entry > moment
    return len(entry) - bisect_right(entry, moment, TIMES)


class Windows:
    """The windows of one length, of all limits that have it.

    `number` is the one that was asked for last, `now` holds its entries, `before` and `after` those of the ones beside it.
    Most of them are kept as bytes where there are many: millions of small objects that stay would scatter those that come
    and go.
    """

    __slots__ = ("_entries", "_kept", "_open", "after", "before", "end", "length", "now", "number", "swept")

    def __init__(self, length: int) -> None:
        self.length = length
        self._kept: dict[int, dict[Key, Entry] | bytes] = {}
        #: Those that are not bytes, in the order in which they were asked for.
        self._open: dict[int, None] = {}
        #: How many entries there are in those of them that were `now`.
        self._entries = 0
        self.number: int | None = None
        #: Where `now` ends.
        self.end = BEFORE_ALL_TIMES
        #: Windows up to this one are not here any more.
        self.swept: int | None = None
        self.now = self.before = self.after = _EMPTY

    def turn(self, number: int) -> None:
        """Goes to another window."""
        self._entries += len(self.now)
        if self._entries > _ROOM:
            self._close()
        self.now = self._reopen(number)
        self.before = self.at(number - 1)
        self.after = self.at(number + 1)
        self.number = number
        self.end = (number + 1) * self.length

    def at(self, number: int) -> dict[Key, Entry]:
        """The entries of a window, which are not to be added to."""
        return self._reopen(number) if number in self._kept else _EMPTY

    def all(self) -> Iterator[Mapping[Key, Entry]]:
        """The entries of every window."""
        for kept in self._kept.values():
            yield marshal.loads(kept) if isinstance(kept, bytes) else kept  # noqa: S302 - bytes of our own making

    def is_swept(self, number: int) -> bool:
        """Whether the entries of a window lie with their subjects now."""
        return self.swept is not None and number <= self.swept

    def sweep(self, moment: int) -> Iterator[tuple[int, Mapping[Key, Entry]]]:
        """Takes out the windows that ended by then, by number."""
        last = moment // self.length - 1
        # What was turned to may be among them.
        self.number, self.end = None, BEFORE_ALL_TIMES
        for number in sorted(number for number in self._kept if number <= last):
            yield number, self.at(number)
            del self._kept[number], self._open[number]
        self.swept = last if self.swept is None else max(self.swept, last)

    def _reopen(self, number: int) -> dict[Key, Entry]:
        kept = self._kept.get(number)
        if kept is None or isinstance(kept, bytes):
            kept = self._kept[number] = {} if kept is None else marshal.loads(kept)  # noqa: S302 - bytes of our own making
        self._open.pop(number, None)
        self._open[number] = None
        return kept

    def _close(self) -> None:
        """Makes bytes of those that nobody has asked for lately."""
        for number in tuple(self._open)[:-_LATELY]:
            del self._open[number]
            # Exact decimals stay as they are.
            with suppress(ValueError):
                self._kept[number] = marshal.dumps(self._kept[number])
        self._entries = sum(len(self._kept[number]) for number in self._open)
