"""Records that a recorder wrote twice (replay and diff §1)."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Hashable
from typing import Any

import msgspec

from policyctl.engine.canonical import canonical
from policyctl.model.call import Call

#: How many records back a duplicate is looked for.
MEMORY = 65_536
_SHORT = 512
_encode = msgspec.json.Encoder(order="deterministic").encode


class Duplicates:
    """The last records that carry an id; without an id two equal calls are two calls."""

    def __init__(self) -> None:
        self._count = 0
        self._last_seen: dict[Hashable, int] = {}
        self._order: deque[tuple[int, Hashable]] = deque()

    def is_repeated(self, call: Call) -> bool:
        """Whether this record equals a recent one; to be asked once for each record."""
        self._count += 1
        if call.id is None:
            return False
        self._forget()
        key = (call.id, call.session, call.tool, call.ts, _fingerprint(call.args))
        repeated = key in self._last_seen
        self._last_seen[key] = self._count
        self._order.append((self._count, key))
        return repeated

    def _forget(self) -> None:
        while self._order and self._order[0][0] < self._count - MEMORY:
            number, key = self._order.popleft()
            if self._last_seen[key] == number:
                del self._last_seen[key]


def _fingerprint(args: Any) -> bytes:
    """The same bytes for equal arguments; short ones stand for themselves."""
    try:
        text = _encode(args)
    except (RecursionError, OverflowError, ValueError, TypeError):
        text = canonical(args).encode()
    else:
        if b"." in text or b"e" in text:
            # There may be a double: 1.0 and 1 are the same number.
            text = canonical(args).encode()
    return text if len(text) <= _SHORT else hashlib.sha256(text).digest()
