"""Records that a recorder wrote twice (replay and diff §1)."""

from __future__ import annotations

from typing import Any

from policyctl.engine.canonical import digest
from policyctl.model.call import Call
from policyctl.traces.decode import decode_carefully

#: How many records back a duplicate is looked for.
MEMORY = 65_536
#: Lines up to this length are kept as they are, so that arguments are only compared where everything else is equal.
_SHORT = 2_048
#: Marks a record whose arguments are a digest here.
_DIGEST = "digest"


class Duplicates:
    """The last records that carry an id; without an id two equal calls are two calls."""

    def __init__(self) -> None:
        # Two generations, each as long as the memory: dropping the older one whole is cheaper than record by record.
        # By hash and not by the fields themselves: what is kept of a record is its line, which settles the rest.
        self._young: dict[int, tuple[int, bytes | Call]] = {}
        self._old: dict[int, tuple[int, bytes | Call]] = {}
        self._born = 0

    def is_repeated(self, call: Call, line: bytes | None, count: int) -> bool:
        """Whether the `count`-th record, which has an id, equals a recent one; to be asked in order.

        `line` is its text if that is the normal form.
        """
        if count - self._born > MEMORY:
            self._old, self._young, self._born = self._young, {}, count
        key = hash((call.id, call.session, call.ts, call.tool))
        before = self._young.get(key) or self._old.get(key)
        self._young[key] = (count, _without_arguments(call) if line is None or len(line) > _SHORT else line)
        return before is not None and count - before[0] <= MEMORY and _same(before[1], call)


def _without_arguments(call: Call) -> Call:
    """The record with a digest in place of what may be large."""
    return Call(
        tool=call.tool, id=call.id, session=call.session, ts=call.ts, args=digest(call.args), args_state=_DIGEST
    )


def _same(kept: bytes | Call, call: Call) -> bool:
    before: Any = decode_carefully(kept) if isinstance(kept, bytes) else kept
    if not isinstance(before, Call):
        return False
    if (before.id, before.session, before.ts, before.tool) != (call.id, call.session, call.ts, call.tool):
        return False
    known = before.args if before.args_state == _DIGEST and isinstance(kept, Call) else digest(before.args)
    return bool(known == digest(call.args))
