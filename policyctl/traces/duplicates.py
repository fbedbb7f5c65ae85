"""Records that a recorder wrote twice (replay and diff §1)."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Hashable, Sequence
from itertools import islice
from operator import itemgetter, lt
from typing import Protocol, TypeAlias, cast

import msgspec

from policyctl.engine.canonical import digest
from policyctl.model.call import Call
from policyctl.traces.decode import decode_carefully

#: How many records back a duplicate is looked for.
MEMORY = 65_536
#: Lines up to this length are kept as they are, so that arguments are only compared where everything else is equal.
SHORT = 2_048
#: After so many times that this did not help, records are looked up as they come.
_PATIENCE = 2
#: The number of a record, and its line or else its identity.
_Kept: TypeAlias = tuple[int, Hashable]
#: By their identities records that may differ in their arguments alone, each with the number of its latest copy.
_Variants: TypeAlias = dict[Hashable, int]
#: The number of the first record of a run, and their lines.
_Run: TypeAlias = "tuple[int, Kept]"


class Kept(Protocol):
    """Lines that somebody keeps, and gives to whoever asks for them."""

    @property
    def count(self) -> int:
        """How many they are."""
        ...

    def lines(self) -> Sequence[bytes]:
        """The lines."""
        ...


#: The key of an id, a session and a time.
key_of = hash


class Named(msgspec.Struct):
    """What the key of a line is made of."""

    id: str | None = None
    session: str | None = None
    ts: str | None = None


named = msgspec.json.Decoder(Named).decode


class _Generation:
    """Some records by their keys."""

    def __init__(self) -> None:
        # By hash and not by the fields themselves: what is kept of a record is its line, which settles the rest.
        # A bare number is a record of a run.
        self.keys: dict[int, int | _Kept | _Variants] = {}
        #: Runs of which the keys are not known yet.
        self.waiting: list[_Run] = []


class Duplicates:
    """The last records that carry an id; without an id two equal calls are two calls.

    A record with a later time than all before cannot repeat one. As long as they come like that, nothing is looked up.
    """

    def __init__(self) -> None:
        # Two generations, each as long as the memory: dropping the older one whole is cheaper than record by record.
        self._young, self._old = _Generation(), _Generation()
        self._born = 0
        self._runs: deque[_Run] = deque()
        #: The last of the times so far, by their texts.
        self._newest = ""
        self._patience = _PATIENCE

    def is_repeated(self, call: Call, line: bytes | None, count: int) -> bool:
        """Whether the `count`-th record, which has an id, equals a recent one; to be asked in order.

        `line` is its text if that is the normal form.
        """
        self._age(count)
        key = key_of((call.id, call.session, call.ts))
        if call.ts is not None and call.ts > self._newest:
            self._newest = call.ts
        else:
            self._look_up()
        young, old = self._young.keys.get(key), self._old.keys.get(key)
        if young is None and old is None:
            self._young.keys[key] = (count, _identity(call) if line is None or len(line) > SHORT else line)
            return False
        # From the second one on by digest: a recorder that gives every call one id must not have all compared with all.
        variants, own = self._variants(young), _identity(call)
        before = variants.get(own, self._variants(old).get(own))
        variants[own] = count
        self._young.keys[key] = variants
        return before is not None and count - before <= MEMORY

    def take(
        self,
        ids: Sequence[str | None],
        sessions: Sequence[str | None],
        times: Sequence[str | None],
        lines: Kept,
        count: int,
        *,
        rises: bool,
    ) -> list[int]:
        """Notes a run of records, from the `count`-th on, if each surely is new; else which of them may not be.

        `lines` are theirs; `rises` says that each has a time, and all but the first a later one than that before it.
        """
        unnamed = ids.count(None)
        if unnamed == len(ids):
            return []
        if rises and self.take_rising(cast("str", times[0]), cast("str", times[-1]), lines, count):
            return []
        self._look_up()
        keys = {
            key_of(names): number
            for number, names in enumerate(zip(ids, sessions, times, strict=True), count)
            if names[0] is not None
        }
        young, old = self._young.keys, self._old.keys
        if len(keys) < len(ids) - unnamed or not (young.keys().isdisjoint(keys) and old.keys().isdisjoint(keys)):
            return self._suspects(ids, sessions, times)
        self._age(count)
        self._newest = max(self._newest, *(time for time in times if time is not None), "")
        self._young.keys.update(keys)
        self._runs.append((count, lines))
        return []

    def take_rising(self, first: str, last: str, lines: Kept, count: int) -> bool:
        """Notes a run of records with times that rise from one text to another, if all are behind those before."""
        if self._patience <= 0 or first <= self._newest:
            return False
        self._age(count)
        self._newest = last
        self._young.waiting.append((count, lines))
        self._runs.append((count, lines))
        return True

    def _suspects(
        self, ids: Sequence[str | None], sessions: Sequence[str | None], times: Sequence[str | None]
    ) -> list[int]:
        seen: set[int] = set()
        found = []
        for index, (id, session, time) in enumerate(zip(ids, sessions, times, strict=True)):
            if id is not None:
                key = key_of((id, session, time))
                if key in seen or key in self._young.keys or key in self._old.keys:
                    found.append(index)
                seen.add(key)
        return found

    def _age(self, count: int) -> None:
        if count - self._born <= MEMORY:
            return
        while self._runs and self._runs[0][0] + self._runs[0][1].count <= self._born:
            self._runs.popleft()
        self._old, self._young, self._born = self._young, _Generation(), count

    def _look_up(self) -> None:
        """Finds the keys of the runs that wait."""
        for generation in (self._old, self._young):
            if generation.waiting:
                self._patience -= 1
            for count, lines in generation.waiting:
                for number, line in enumerate(lines.lines(), count):
                    self._enter(generation, number, line)
            generation.waiting.clear()

    def _enter(self, generation: _Generation, number: int, line: bytes) -> None:
        call = named(line)
        if call.id is None:
            return
        key = key_of((call.id, call.session, call.ts))
        if key not in generation.keys:
            generation.keys[key] = number
        else:
            # Two that are not the same have one hash.
            generation.keys[key] = self._variants(generation.keys[key]) | self._variants(number)

    def _variants(self, kept: int | _Kept | _Variants | None) -> _Variants:
        if kept is None or isinstance(kept, dict):
            return kept or {}
        count, record = self._record(kept) if isinstance(kept, int) else kept
        if not isinstance(record, bytes):
            return {record: count}
        before = decode_carefully(record)
        return {_identity(before): count} if isinstance(before, Call) else {}

    def _record(self, count: int) -> _Kept:
        start, lines = self._runs[bisect_right(self._runs, count, key=itemgetter(0)) - 1]
        return count, lines.lines()[count - start]


def rise(times: Sequence[str | None]) -> bool:
    """Whether each time is a text, and all but the first are behind the one before, as texts."""
    try:
        # What has no order says so itself.
        texts = cast("Sequence[str]", times)
        return all(map(lt, texts, islice(texts, 1, None))) and times[0] is not None
    except TypeError:
        return False


def _identity(call: Call) -> Hashable:
    """What makes a record: the names it has, and its arguments by their digest."""
    return (call.id, call.session, call.ts, call.tool, digest(call.args))
