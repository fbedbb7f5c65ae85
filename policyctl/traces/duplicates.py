"""Records that a recorder wrote twice (replay and diff §1)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from policyctl.engine.canonical import digest
from policyctl.model.call import Call
from policyctl.traces.decode import decode_carefully

#: How many records back a duplicate is looked for.
MEMORY = 65_536
#: Lines up to this length are kept as they are, so that arguments are only compared where everything else is equal.
_SHORT = 2_048


class Duplicates:
    """The last records that carry an id; without an id two equal calls are two calls."""

    def __init__(self) -> None:
        # Two generations, each as long as the memory: dropping the older one whole is cheaper than record by record.
        self._young: dict[Hashable, tuple[int, bytes | str]] = {}
        self._old: dict[Hashable, tuple[int, bytes | str]] = {}
        self._born = 0

    def is_repeated(self, call: Call, line: bytes | None, count: int) -> bool:
        """Whether the `count`-th record, which has an id, equals a recent one; to be asked in order.

        `line` is its text if that is the normal form.
        """
        if count - self._born > MEMORY:
            self._old, self._young, self._born = self._young, {}, count
        key = (call.id, call.session, call.ts, call.tool)
        before = self._young.get(key) or self._old.get(key)
        kept = digest(call.args) if line is None or len(line) > _SHORT else line
        self._young[key] = (count, kept)
        return before is not None and count - before[0] <= MEMORY and _arguments(before[1]) == digest(call.args)


def _arguments(kept: bytes | str) -> str | None:
    """The digest of a record's arguments; the canonical text is the same for equal values."""
    if isinstance(kept, str):
        return kept
    record: Any = decode_carefully(kept)
    return digest(record.args) if isinstance(record, Call) else None
