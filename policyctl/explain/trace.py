"""One line of a trace with everything that came before it counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from policyctl.engine.ledger import Ledger
from policyctl.errors import PolicyctlError
from policyctl.model.call import Call
from policyctl.model.policy import Policy
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Router
from policyctl.replay.subjects import GrantOf
from policyctl.traces.duplicates import Duplicates
from policyctl.traces.read import Entry, TraceFile, read_traces


@dataclass(frozen=True, slots=True)
class Moment:
    """A recorded call, the policy that governs it under its name for the tool, and what is used up when it comes.

    `repeats` says that it is a duplicate, which a replay drops.
    """

    call: Call
    tool: str
    policy: Policy
    ledger: Ledger
    repeats: bool


def moment(file: TraceFile, line: int, replay: Replay, *, grant_of: GrantOf | None) -> Moment:
    """The call on a line, after a replay of all lines before it; PolicyctlError if there is none."""
    scout = _Scout(file, line)
    replay.run(scout.before())
    call = scout.call
    if call is None:
        raise PolicyctlError(f"line {line:,} of `{file.name}` holds no call", hint=scout.hint)
    if call.grant is None and grant_of is not None:
        call = msgspec.structs.replace(call, grant=grant_of(call, file.name))
    route = Router(replay.lanes).route(call.server, call.tool)
    if route.lane is None:
        hint = "name the policy of its server with `--policy`"
        raise PolicyctlError(f"no policy governs the call on line {line:,} of `{file.name}`", hint=hint)
    return Moment(call, route.tool, route.lane.assignment.policy, route.lane.gateway.ledger, scout.repeats)


class _Scout:
    """Lets the lines before the one that is sought pass, and keeps that one."""

    def __init__(self, file: TraceFile, line: int) -> None:
        self._file = file
        self._line = line
        self._last: int | None = None
        self._next: int | None = None
        self.call: Call | None = None
        self.repeats = False

    def before(self) -> Iterator[Entry]:
        """Every entry in front of the line."""
        duplicates = Duplicates()
        for count, entry in enumerate(read_traces([self._file])):
            number, item, text = entry[1:]
            repeats = isinstance(item, Call) and item.id is not None and duplicates.is_repeated(item, text, count)
            if number >= self._line and isinstance(item, Call):
                self._next = number
                self.call = item if number == self._line else None
                self.repeats = repeats
                return
            if isinstance(item, Call):
                self._last = number
            yield entry

    @property
    def hint(self) -> str:
        """The lines nearby that do hold calls."""
        near = [f"{number:,}" for number in (self._last, self._next) if number is not None]
        return f"the nearest calls are on line {' and line '.join(near)}" if near else "the file holds no calls"
