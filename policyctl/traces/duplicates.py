"""Records that a recorder wrote twice (replay and diff §1)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias

from policyctl.engine.canonical import digest
from policyctl.model.call import Call
from policyctl.traces.decode import decode_carefully

#: How many records back a duplicate is looked for.
MEMORY = 65_536
#: Lines up to this length are kept as they are, so that arguments are only compared where everything else is equal.
_SHORT = 2_048
#: The number of a record, and its line or else its identity.
_Kept: TypeAlias = tuple[int, Hashable]
#: By their identities records that may differ in their arguments alone, each with the number of its latest copy.
_Variants: TypeAlias = dict[Hashable, int]


class Duplicates:
    """The last records that carry an id; without an id two equal calls are two calls."""

    def __init__(self) -> None:
        # Two generations, each as long as the memory: dropping the older one whole is cheaper than record by record.
        # By hash and not by the fields themselves: what is kept of a record is its line, which settles the rest.
        self._young: dict[int, _Kept | _Variants] = {}
        self._old: dict[int, _Kept | _Variants] = {}
        self._born = 0

    def is_repeated(self, call: Call, line: bytes | None, count: int) -> bool:
        """Whether the `count`-th record, which has an id, equals a recent one; to be asked in order.

        `line` is its text if that is the normal form.
        """
        if count - self._born > MEMORY:
            self._old, self._young, self._born = self._young, {}, count
        key = hash((call.id, call.session, call.ts, call.tool))
        young, old = self._young.get(key), self._old.get(key)
        if young is None and old is None:
            self._young[key] = (count, _identity(call) if line is None or len(line) > _SHORT else line)
            return False
        # From the second one on by digest: a recorder that gives every call one id must not have all compared with all.
        variants, own = _variants(young), _identity(call)
        before = variants.get(own, _variants(old).get(own))
        variants[own] = count
        self._young[key] = variants
        return before is not None and count - before <= MEMORY


def _variants(kept: _Kept | _Variants | None) -> _Variants:
    if kept is None or isinstance(kept, dict):
        return kept or {}
    count, record = kept
    if not isinstance(record, bytes):
        return {record: count}
    before = decode_carefully(record)
    return {_identity(before): count} if isinstance(before, Call) else {}


def _identity(call: Call) -> Hashable:
    """What makes a record: the names it has, and its arguments by their digest."""
    return (call.id, call.session, call.ts, call.tool, digest(call.args))
