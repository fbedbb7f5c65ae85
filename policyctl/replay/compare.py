"""Two replays of the same calls, side by side: what stands on a line is read and decoded once for both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol, TypeAlias

from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Route
from policyctl.traces.read import Entry, TraceFile

#: What one side says about a call, and by which route the call came there.
Answer: TypeAlias = tuple[Route, Decision]

#: So many entries are decided by one side before the other follows: neither has a say in what the other decides.
_STRETCH = 1_024


class PairWatcher(Protocol):
    """Whoever wants to see what both sides say about a call."""

    def see(self, call: Call, old: Answer, new: Answer, file: TraceFile, line: int) -> None:
        """One call, in replay order."""
        ...


class Pairs:
    """Brings the answers of two replays together; `old` and `new` are to watch one of them each."""

    def __init__(self, watchers: Sequence[PairWatcher]) -> None:
        self._watchers = tuple(watchers)
        self.old, self.new = _Answers(), _Seen()

    def settle(self) -> None:
        """Shows the calls that both sides decided since the last time."""
        # Who governs a call depends on servers, which are those of both sides: either each side decides it or none.
        for old, (call, new, file, line) in zip(self.old.answers, self.new.calls, strict=True):
            for watcher in self._watchers:
                watcher.see(call, old, new, file, line)
        self.old.answers.clear()
        self.new.calls.clear()


class _Answers:
    """A watcher that keeps the answers alone."""

    reads = frozenset[str]()

    def __init__(self) -> None:
        self.answers: list[Answer] = []

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        del call, file, line
        self.answers.append((route, decision))


class _Seen:
    """A watcher that keeps the answers with the calls."""

    #: Whoever compares may look at all of a call.
    reads = frozenset(Call.__struct_fields__)

    def __init__(self) -> None:
        self.calls: list[tuple[Call, Answer, TraceFile, int]] = []

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        self.calls.append((call, (route, decision), file, line))


def replay_both(old: Replay, new: Replay, pairs: Pairs, stream: Iterable[Entry]) -> None:
    """Decides every call of the stream on both sides, which are for the same servers and which `pairs` watches."""
    entries = iter(stream)
    while stretch := list(islice(entries, _STRETCH)):
        old.run(stretch)
        new.run(stretch)
        pairs.settle()
