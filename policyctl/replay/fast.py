"""The same replay, many lines at a time: decoded no further than the policies ask, and counted by small numbers.

`plain` says what a replay does. This is how it gets done for lines that hold nothing unusual; all others go the plain
way, one by one and in their place.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, cast

import msgspec

from policyctl.engine.counter import Calm, Count
from policyctl.replay.answers import UNCLEAR, Answers
from policyctl.replay.judges import Bench, Judge
from policyctl.replay.plain import Replay
from policyctl.replay.span import all_instants, extremes
from policyctl.replay.stretch import Run, between
from policyctl.traces.decode import call_on
from policyctl.traces.duplicates import SHORT
from policyctl.traces.lines import is_text
from policyctl.traces.narrow import Narrow
from policyctl.traces.read import TraceFile

#: More tools than this are not learned: each needs a type of its own.
_MOST_TOOLS = 8_192
#: A batch with more unusual lines than one in so many goes the plain way altogether.
_SHARE = 4
#: What watchers may look at in a call that was decoded here.
_READ = frozenset({"ts", "session", "grant", "server", "id", "outcome", "meta"})
_columns = msgspec.structs.astuple


class FastReplay:
    """Takes files through a replay."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self._answers = Answers()
        self._bench = Bench(replay.router, self._answers)
        extra: list[tuple[str, Any, Any]] = [("outcome", str | None, None)]
        if replay.grant_of is not None or any("meta" in watcher.reads for watcher in replay.watchers):
            extra.append(("meta", msgspec.Raw, msgspec.Raw(b"")))
        self._narrow = Narrow(extra)
        self._by_server: dict[str | None, _Judges] = {}
        self._counts = _Counts(self._answers)
        self._calms = _Calms(self._answers, self._counts)
        ledgers = [lane.gateway.ledger for lane in replay.lanes]
        self._accounts = [ledger.aligned for ledger in ledgers if ledger.aligned is not None]
        self._unusual = 0

    @classmethod
    def can_take(cls, replay: Replay) -> bool:
        """Whether nobody wants to see more of a call than is decoded here."""
        return all(watcher.reads <= _READ for watcher in replay.watchers)

    def run(self, file: TraceFile) -> None:
        """Decides every call of a file, in order."""
        if file.is_mapped:
            self._replay.run(file.calls())
            return
        entries, batches = file.opened()
        self._replay.run(entries)
        self._learn()
        for content in batches:
            self._batch(file, content)
        self._answers.settle()

    def _learn(self) -> None:
        """Reads lines of all tools that were met so far."""
        self._unusual = 0
        room = _MOST_TOOLS - len(self._narrow.tools)
        met = dict.fromkeys(tool for _, tool in self._replay.router.routes if not self._narrow.knows(tool))
        types = ((tool, self._bench.arguments(tool)) for tool in list(met)[:room])
        self._narrow.learn({tool: kind for tool, kind in types if kind is not None})

    def _batch(self, file: TraceFile, content: bytes) -> None:
        if self._unusual > 4 * len(self._narrow.tools) + 200:
            self._learn()
        lines = BytesIO(content).readlines()
        if len(content) > SHORT * len(lines) or not is_text(content):
            self._replay.run(file.entries(content))
            return
        calls, odd = self._narrow.decode(lines)
        self._unusual += len(odd)
        if len(odd) * _SHARE > len(lines):
            self._replay.run(file.entries(content))
            return
        for start, end in between(odd, len(lines)):
            if start < end:
                self._stretch(file, calls[start:end], lines[start:end])
            if end < len(lines):
                self._replay.run(file.entries(lines[end]))

    def _stretch(self, file: TraceFile, calls: Sequence[Any], lines: Sequence[bytes]) -> None:
        """Lines that were all decoded."""
        args, times, sessions, grants, servers, ids, outcomes, *_ = zip(*map(_columns, calls), strict=True)
        numbers = self._judged(calls, args, servers)
        run = Run(calls, lines, numbers, ids, times, sessions, grants, servers, outcomes)
        if self._bench.some_unclear:
            self._split(file, run, [index for index, number in enumerate(numbers) if number == UNCLEAR])
        else:
            self._split(file, run, [])

    def _split(self, file: TraceFile, run: Run, odd: Sequence[int]) -> None:
        """Takes a run but for the odd lines in it, and for those that may repeat others."""
        odd = odd or self._replay.recent.take(run.ids, run.sessions, run.times, run.lines, self._replay.records)
        if not odd:
            self._take(file, run)
            return
        for start, end in between(odd, len(run.lines)):
            if start < end:
                self._split(file, run.part(start, end), [])
            if end < len(run.lines):
                self._replay.run(file.entries(run.lines[end]))

    def _judged(self, calls: Sequence[Any], args: Sequence[Any], servers: Sequence[str | None]) -> list[int]:
        """The numbers of the answers, as far as other calls have no say in them."""
        if len(set(servers)) == 1:
            judges = self._judges(servers[0])
            return [judge(arg) for judge, arg in zip(map(judges.__getitem__, map(type, calls)), args, strict=True)]
        return [self._judges(server)[type(call)](arg) for server, call, arg in zip(servers, calls, args, strict=True)]

    def _judges(self, server: str | None) -> _Judges:
        judges = self._by_server.get(server)
        if judges is None:
            judges = self._by_server[server] = _Judges(self._bench, server, self._narrow.tools)
        return judges

    def _take(self, file: TraceFile, run: Run) -> None:
        """Decides and counts calls of which nothing but the use of limits is open."""
        replay, line, record = self._replay, file.number + 1, self._replay.records
        file.number += len(run.lines)
        file.lines += len(run.lines)
        replay.records += len(run.lines)
        places: Sequence[int] = range(len(run.lines))
        if self._answers.ungoverned and not self._answers.ungoverned.isdisjoint(run.numbers):
            places = [place for place in places if run.numbers[place] not in self._answers.ungoverned]
            replay.not_governed.update(
                run.calls[place].server for place in sorted({*range(len(run.lines))} - {*places})
            )
            run = run.only(places)
        if not places:
            return
        self._see_who(file, run)
        self._see_when(run)
        if self._answers.hanging and not self._answers.hanging.isdisjoint(run.numbers):
            self._weigh(run)
        self._answers.count(run.numbers, places, file, line, record)
        for watcher in replay.watchers:
            for place, call, number in zip(places, run.calls, run.numbers, strict=True):
                watcher.see(call, *self._answers.at(number), file, line + place)

    def _see_who(self, file: TraceFile, run: Run) -> None:
        replay = self._replay
        sessions = set(run.sessions)
        if None in sessions:
            sessions.discard(None)
            replay.without_session += run.sessions.count(None)
        replay.sessions |= cast("set[str]", sessions)
        if not all(run.grants):
            for call in run.calls:
                if call.grant is None:
                    call.grant = replay.grant_of and replay.grant_of(call, file.name)
                    replay.without_grant += call.grant is None
            run.grants = [call.grant for call in run.calls]

    def _see_when(self, run: Run) -> None:
        replay = self._replay
        if self._answers.hanging or (known := extremes(run.times)) is None:
            run.instants = all_instants(run.times)
            timed = [at for at in run.instants if at is not None]
            if len(timed) < len(run.times):
                replay.untimed += len(run.times) - len(timed)
                replay.bad_times += len(run.times) - len(timed) - run.times.count(None)
            if not timed:
                return
            known = min(timed), max(timed)
        replay.first, replay.last = min(replay.first, known[0]), max(replay.last, known[1])

    def _weigh(self, run: Run) -> None:
        """Asks what the calls before have a say in."""
        calms, place = self._calms, 0
        if self._is_calm(run):
            columns = (run.numbers, run.sessions, run.servers, run.grants, run.instants, run.outcomes)
            for place, (number, session, server, grant, at, outcome) in enumerate(zip(*columns, strict=True)):
                calm = calms[number]
                if calm is None or calm(session, server, grant, at, outcome != "protocol_error"):
                    continue
                if not self._weigh_one(run, place):
                    break
            else:
                for accounts in self._accounts:
                    if accounts.newest >= accounts.next_sweep:
                        accounts.move_on(accounts.newest)
                return
            place += 1
        for rest in range(place, len(run.numbers)):
            if calms[run.numbers[rest]] is not None:
                self._weigh_one(run, rest)

    def _weigh_one(self, run: Run, place: int) -> bool:
        """Decides one call; False if counting is not what it was before."""
        number, grant, at = run.numbers[place], run.grants[place], run.instants[place]
        route, judged = self._answers.at(number)
        count = self._counts[number]
        consumes = run.outcomes[place] != "protocol_error"
        answer = None if count is None else count.careful(run.sessions[place], run.servers[place], grant, at, consumes)
        is_plain = answer is not None
        if answer is None:
            whole = msgspec.structs.replace(call_on(run.lines[place]), grant=grant)
            assert route.admit is not None
            answer = route.admit(whole, route.tool, at)
        if answer is not judged:
            run.numbers[place] = self._answers.number(route, answer)
        return is_plain

    def _is_calm(self, run: Run) -> bool:
        """Whether calls come in order, behind all others, and say when they were and whose they are."""
        times = [at for at in run.instants if at is not None]
        if len(times) < len(run.instants) or times != sorted(times) or not (all(run.sessions) and all(run.grants)):
            return False
        return not any(accounts.is_clouded or accounts.newest > times[0] for accounts in self._accounts)


class _Counts(dict[int, Count | None]):
    """How to count behind each answer that hangs on the calls before; None for others, and for unusual limits."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self._answers = answers

    def __missing__(self, number: int) -> Count | None:
        self[number] = None
        if number in self._answers.hanging:
            route, judged = self._answers.at(number)
            assert route.lane is not None
            self[number] = route.lane.gateway.counter(judged)
        return self[number]


class _Calms(dict[int, Calm | None]):
    """The quick way to count behind each answer; one that never lets a call pass where there is none, None for others."""

    def __init__(self, answers: Answers, counts: _Counts) -> None:
        super().__init__()
        self._answers = answers
        self._counts = counts

    def __missing__(self, number: int) -> Calm | None:
        self[number] = None
        if number in self._answers.hanging:
            count = self._counts[number]
            self[number] = (count and count.calm) or _never
        return self[number]


def _never(*_: object) -> bool:
    return False


class _Judges(dict[type, Judge]):
    """The judges of one server by the type of the call."""

    def __init__(self, bench: Bench, server: str | None, tools: dict[type, str]) -> None:
        super().__init__()
        self._bench = bench
        self._server = server
        self._tools = tools

    def __missing__(self, kind: type) -> Judge:
        judge = self[kind] = self._bench.judge(self._server, self._tools[kind])
        return judge
