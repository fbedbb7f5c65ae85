"""Records that a recorder wrote twice (replay and diff §1)."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Hashable, Sequence
from operator import itemgetter
from typing import TypeAlias

from policyctl.engine.canonical import digest
from policyctl.model.call import Call
from policyctl.traces.decode import decode_carefully

#: How many records back a duplicate is looked for.
MEMORY = 65_536
#: Lines up to this length are kept as they are, so that arguments are only compared where everything else is equal.
SHORT = 2_048
#: The number of a record, and its line or else its identity.
_Kept: TypeAlias = tuple[int, Hashable]
#: By their identities records that may differ in their arguments alone, each with the number of its latest copy.
_Variants: TypeAlias = dict[Hashable, int]


#: The key of an id, a session and a time.
key_of = hash


class Duplicates:
    """The last records that carry an id; without an id two equal calls are two calls."""

    def __init__(self) -> None:
        # Two generations, each as long as the memory: dropping the older one whole is cheaper than record by record.
        # By hash and not by the fields themselves: what is kept of a record is its line, which settles the rest.
        # A bare number is a record of a run.
        self._young: dict[int, int | _Kept | _Variants] = {}
        self._old: dict[int, int | _Kept | _Variants] = {}
        self._born = 0
        self._runs: deque[tuple[int, Sequence[bytes]]] = deque()

    def is_repeated(self, call: Call, line: bytes | None, count: int) -> bool:
        """Whether the `count`-th record, which has an id, equals a recent one; to be asked in order.

        `line` is its text if that is the normal form.
        """
        self._age(count)
        key = key_of((call.id, call.session, call.ts))
        young, old = self._young.get(key), self._old.get(key)
        if young is None and old is None:
            self._young[key] = (count, _identity(call) if line is None or len(line) > SHORT else line)
            return False
        # From the second one on by digest: a recorder that gives every call one id must not have all compared with all.
        variants, own = self._variants(young), _identity(call)
        before = variants.get(own, self._variants(old).get(own))
        variants[own] = count
        self._young[key] = variants
        return before is not None and count - before <= MEMORY

    def take(
        self,
        ids: Sequence[str | None],
        sessions: Sequence[str | None],
        times: Sequence[str | None],
        lines: Sequence[bytes],
        count: int,
    ) -> list[int]:
        """Notes a run of records, from the `count`-th on, if each surely is new; else which of them may not be.

        `lines` are theirs.
        """
        keys = {
            key_of((id, session, time)): number
            for number, id, session, time in zip(range(count, count + len(ids)), ids, sessions, times, strict=True)
            if id is not None
        }
        young, old = self._young, self._old
        if len(keys) < len(ids) - ids.count(None) or not (
            young.keys().isdisjoint(keys) and old.keys().isdisjoint(keys)
        ):
            return self._suspects(ids, sessions, times)
        self._age(count)
        self._young.update(keys)
        self._runs.append((count, lines))
        return []

    def _suspects(
        self, ids: Sequence[str | None], sessions: Sequence[str | None], times: Sequence[str | None]
    ) -> list[int]:
        seen: set[int] = set()
        found = []
        for index, (id, session, time) in enumerate(zip(ids, sessions, times, strict=True)):
            if id is not None:
                key = key_of((id, session, time))
                if key in seen or key in self._young or key in self._old:
                    found.append(index)
                seen.add(key)
        return found

    def _age(self, count: int) -> None:
        if count - self._born <= MEMORY:
            return
        while self._runs and self._runs[0][0] + len(self._runs[0][1]) <= self._born:
            self._runs.popleft()
        self._old, self._young, self._born = self._young, {}, count

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
        return count, lines[count - start]


def _identity(call: Call) -> Hashable:
    """What makes a record: the names it has, and its arguments by their digest."""
    return (call.id, call.session, call.ts, call.tool, digest(call.args))
