"""Two replays of the same calls, side by side: what stands on a line is read and decoded once for both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Protocol, TypeAlias

from policyctl.model.call import Call
from policyctl.model.decision import Decision
from policyctl.replay.answers import Answers
from policyctl.replay.fast import FastReplay
from policyctl.replay.jobs import run
from policyctl.replay.plain import Replay
from policyctl.replay.routing import Route
from policyctl.replay.stretch import Run
from policyctl.traces.read import TraceFile, read_traces

#: What one side says about a call, and by which route the call came there.
Answer: TypeAlias = tuple[Route, Decision]

#: So many entries are decided by one side before the other follows: neither has a say in what the other decides.
_STRETCH = 1_024


class PairWatcher(Protocol):
    """Whoever wants to see what both sides say about the same calls, be it one by one or many at a time."""

    @property
    def reads(self) -> frozenset[str]:
        """Names of fields that it looks at in calls that come many at a time."""
        ...

    def see(self, call: Call, old: Answer, new: Answer, file: TraceFile, line: int) -> None:
        """One call, in replay order."""
        ...

    def look(
        self,
        file: TraceFile,
        line: int,
        places: Sequence[int],
        run: Run,
        columns: Sequence[Sequence[int]],
        answers: Sequence[Answers],
    ) -> None:
        """Calls in replay order, each so many places behind the line: the numbers of both answers, and what those stand for."""
        ...


class Pairs:
    """Brings the answers of two replays together; `old` and `new` are to watch one of them each, where it goes the plain way."""

    def __init__(self, watcher: PairWatcher) -> None:
        self._watcher = watcher
        self.old, self.new = _Answers(), _Seen()
        self.reads = watcher.reads
        #: What numbers of answers stand for on each side, as soon as there are any.
        self.answers: Sequence[Answers] = ()

    def settle(self) -> None:
        """Shows the calls that both sides decided one by one since the last time."""
        # Who governs a call depends on servers, which are those of both sides: either each side decides it or none.
        for old, (call, new, file, line) in zip(self.old.answers, self.new.calls, strict=True):
            self._watcher.see(call, old, new, file, line)
        self.old.answers.clear()
        self.new.calls.clear()

    def look(self, file: TraceFile, line: int, places: Sequence[int], run: Run, columns: Sequence[list[int]]) -> None:
        """Shows calls that both sides decided many at a time, each so many places behind the line."""
        self._watcher.look(file, line, places, run, columns, self.answers)


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

    reads = frozenset[str]()

    def __init__(self) -> None:
        self.calls: list[tuple[Call, Answer, TraceFile, int]] = []

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        self.calls.append((call, (route, decision), file, line))


def replay_both(
    old: Replay, new: Replay, pairs: Pairs, files: Sequence[TraceFile], *, whole_lines: bool = False, jobs: int = 1
) -> None:
    """Decides every call of the files on both sides, which are for the same servers and which `pairs` watches."""
    if not whole_lines and len(files) == 1 and FastReplay.can_take(old, new):
        fast = FastReplay(old, new, onlooker=pairs)
        pairs.answers = fast.answers
        run(fast, files[0], jobs)
        return
    entries = iter(read_traces(files))
    while stretch := list(islice(entries, _STRETCH)):
        old.run(stretch)
        new.run(stretch)
        pairs.settle()
