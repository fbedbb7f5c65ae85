"""Records that a recorder wrote twice (replay and diff §1)."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from typing import Any

import msgspec

from policyctl.engine.canonical import canonical
from policyctl.engine.equality import equal
from policyctl.model.call import Call

#: How many records back a duplicate is looked for.
MEMORY = 65_536
_SHORT = 4_096
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class Duplicates:
    """The last records that carry an id; without an id two equal calls are two calls."""

    def __init__(self) -> None:
        # Two generations, each as long as the memory: dropping the older one whole is cheaper than record by record.
        self._young: dict[Hashable, tuple[int, bytes]] = {}
        self._old: dict[Hashable, tuple[int, bytes]] = {}
        self._born = 0

    def is_repeated(self, call: Call, count: int) -> bool:
        """Whether the `count`-th record, which has an id, equals a recent one; to be asked in order."""
        if count - self._born > MEMORY:
            self._old, self._young, self._born = self._young, {}, count
        key = (call.id, call.session, call.ts, call.tool)
        arguments = _stored(call.args)
        before = self._young.get(key) or self._old.get(key)
        self._young[key] = (count, arguments)
        return before is not None and count - before[0] <= MEMORY and _same(before[1], arguments)


def _stored(args: Any) -> bytes:
    """Arguments as they are compared: their JSON if it is short, else a digest of their canonical JSON."""
    try:
        text = _encode(args)
    except (RecursionError, OverflowError, ValueError, TypeError):
        text = b""
    if text and len(text) <= _SHORT:
        return text
    return b"#" + hashlib.sha256(canonical(args).encode()).digest()


def _same(left: bytes, right: bytes) -> bool:
    if left == right:
        return True
    if left[:1] == b"#" or right[:1] == b"#":
        return False
    # Another order of keys, or 1.0 for 1: texts differ where values do not.
    return equal(_decode(left), _decode(right))
