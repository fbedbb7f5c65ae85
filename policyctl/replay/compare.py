"""Two replays of the same calls, side by side: what stands on a line is read and decoded once for both."""

from __future__ import annotations

from collections import deque
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

#: So many entries are decided by one side before the other follows: neither has a say in what the other decides, and more
#: of them would be out of the processor's cache by then.
_STRETCH = 32


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
    """Brings the answers of two replays together.

    `old` and `new` are to stand by one of them each; of some calls the old replay has to be asked first.
    """

    def __init__(self, watcher: PairWatcher) -> None:
        self._watcher = watcher
        self._waiting: deque[Answer] = deque()
        self.old, self.new = _First(self._waiting), _Second(self._waiting, watcher)
        self.reads = watcher.reads
        #: What numbers of answers stand for on each side, as soon as there are any.
        self.answers: Sequence[Answers] = ()

    def settle(self) -> None:
        """Some calls went one by one through both replays, first the old one."""
        # Who governs a call depends on servers, which are those of both sides: either each side decides it or none.
        assert not self._waiting

    def look(self, file: TraceFile, line: int, places: Sequence[int], run: Run, columns: Sequence[list[int]]) -> None:
        """Shows calls that both sides decided many at a time, each so many places behind the line."""
        self._watcher.look(file, line, places, run, columns, self.answers)


class _First:
    """Keeps the answers of the old side until the new one has its own."""

    reads = frozenset[str]()

    def __init__(self, waiting: deque[Answer]) -> None:
        self._wait = waiting.append

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        del call, file, line
        self._wait((route, decision))


class _Second:
    """Shows each answer of the new side with the one that waits for it."""

    reads = frozenset[str]()

    def __init__(self, waiting: deque[Answer], watcher: PairWatcher) -> None:
        self._next = waiting.popleft
        self._show = watcher.see

    def see(self, call: Call, route: Route, decision: Decision, file: TraceFile, line: int) -> None:
        self._show(call, self._next(), (route, decision), file, line)


def replay_both(
    old: Replay,
    new: Replay,
    pairs: Pairs,
    files: Sequence[TraceFile],
    *,
    whole_lines: bool = False,
    jobs: int = 1,
    scheduler: str | None = None,
) -> None:
    """Decides every call of the files on both sides, which are for the same servers and which `pairs` watches."""
    if not whole_lines and len(files) == 1 and FastReplay.can_take(old, new):
        fast = FastReplay(old, new, onlooker=pairs)
        pairs.answers = fast.answers
        run(fast, files[0], jobs, scheduler)
        return
    entries = iter(read_traces(files))
    while stretch := list(islice(entries, _STRETCH)):
        old.run(stretch)
        new.run(stretch)
        pairs.settle()
