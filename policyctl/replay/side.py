"""One policy set's view of calls that come many at a time: which answer each meets, and what of it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from policyctl.replay.answers import Answers
from policyctl.replay.judges import Bench, Judge, Layouts
from policyctl.replay.plain import Replay
from policyctl.replay.stretch import Run
from policyctl.replay.weigh import Scale
from policyctl.traces.read import TraceFile


class Side:
    """A replay, and its answers as numbers."""

    def __init__(self, replay: Replay, layouts: Layouts) -> None:
        self.replay = replay
        self.answers = Answers()
        self.bench = Bench(replay.router, self.answers, layouts)
        self._by_server: dict[str | None, _Judges] = {}
        self.scale = Scale(replay, self.answers)

    def judged(self, run: Run, tools: dict[type, str]) -> list[int]:
        """The numbers of the answers, as far as other calls have no say in them."""
        calls, servers = run.calls, run.servers
        if len(set(servers)) == 1:
            judges = self._judges(servers[0], tools)
            find = map(judges.__getitem__, map(type, calls))
            return [judge(args) for judge, args in zip(find, run.args, strict=True)]
        return [
            self._judges(server, tools)[type(call)](args)
            for server, call, args in zip(servers, calls, run.args, strict=True)
        ]

    def _judges(self, server: str | None, tools: dict[type, str]) -> _Judges:
        judges = self._by_server.get(server)
        if judges is None:
            judges = self._by_server[server] = _Judges(self.bench, server, tools)
        return judges

    def take(self, file: TraceFile, line: int, run: Run, numbers: list[int]) -> tuple[Run, list[int], Sequence[int]]:
        """Decides and counts calls of which nothing but the use of limits is open; the first stands on that line.

        Comes back with those that a policy governs, their final numbers, and how far each is behind the line.
        """
        replay, answers = self.replay, self.answers
        record = replay.records
        replay.records += len(run.lines)
        run, numbers, places = self.governed(run, numbers)
        if not places:
            return run, numbers, places
        self.see(file.name, run)
        if not answers.hanging.isdisjoint(numbers):
            self.scale.weigh(run, numbers)
        answers.count(numbers, places, file, line, record)
        self.show(run.calls, numbers, places, file, line)
        return run, numbers, places

    def show(
        self, calls: Sequence[Any], numbers: Sequence[int], places: Sequence[int], file: TraceFile, line: int
    ) -> None:
        """Has the watchers see decided calls, each so many places behind the line."""
        replay, answers = self.replay, self.answers
        for watcher in replay.watchers:
            for place, call, number in zip(places, calls, numbers, strict=True):
                watcher.see(call, *answers.at(number), file, line + place)
        if replay.waiting is None or not answers.waiting or answers.waiting.isdisjoint(numbers):
            return
        for place, call, number in zip(places, calls, numbers, strict=True):
            if number in answers.waiting:
                replay.waiting.see(call, *answers.at(number), file, line + place)

    def governed(self, run: Run, numbers: list[int]) -> tuple[Run, list[int], Sequence[int]]:
        """The calls that a policy governs, and where they are in the run; the others are counted."""
        ungoverned = self.answers.ungoverned
        every = range(len(run.lines))
        if not ungoverned or ungoverned.isdisjoint(numbers):
            return run, numbers, every
        places = [place for place in every if numbers[place] not in ungoverned]
        self.replay.not_governed.update(run.servers[place] for place in sorted({*every} - {*places}))
        return run.only(places), [numbers[place] for place in places], places

    def see(self, file: str, run: Run) -> None:
        """Notes whose the calls are, and of when; `file` is the name of theirs."""
        self._see_who(file, run)
        self._see_when(run)

    def _see_who(self, file: str, run: Run) -> None:
        replay = self.replay
        sessions = cast("set[str | None]", replay.sessions)
        sessions.update(run.sessions)
        if None in sessions:
            sessions.discard(None)
            replay.without_session += run.sessions.count(None)
        if not all(run.grants):
            for call in run.calls:
                if call.grant is None:
                    call.grant = replay.grant_of and replay.grant_of(call, file)
                    replay.without_grant += call.grant is None
            run.grants = [call.grant for call in run.calls]

    def _see_when(self, run: Run) -> None:
        replay, when = self.replay, run.when
        replay.untimed += when.untimed
        replay.bad_times += when.bad
        replay.first, replay.last = min(replay.first, when.first), max(replay.last, when.last)


class _Judges(dict[type, Judge]):
    """The judges of one server by the type of the call."""

    def __init__(self, bench: Bench, server: str | None, tools: dict[type, Any]) -> None:
        super().__init__()
        self._bench = bench
        self._server = server
        self._tools = tools

    def __missing__(self, kind: type) -> Judge:
        judge = self[kind] = self._bench.judge(self._server, self._tools[kind])
        return judge
