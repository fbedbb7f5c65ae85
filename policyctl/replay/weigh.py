"""Answers that hang on the calls before: limits and approvals, for calls that come many at a time."""

from __future__ import annotations

import msgspec

from policyctl.engine.calm import Calm
from policyctl.engine.counter import Count
from policyctl.replay.answers import Answers
from policyctl.replay.plain import Replay
from policyctl.replay.stretch import Run
from policyctl.traces.decode import call_on


class Scale:
    """Weighs the calls of one replay."""

    def __init__(self, replay: Replay, answers: Answers) -> None:
        self._answers = answers
        self._counts = _Counts(answers)
        self._calms = _Calms(answers, self._counts)
        self._denials = _Denials(answers, self._counts)
        ledgers = [lane.gateway.ledger for lane in replay.lanes]
        self._accounts = [ledger.aligned for ledger in ledgers if ledger.aligned is not None]

    def weigh(self, run: Run, numbers: list[int]) -> None:
        """Puts the answers of the calls in place of those that they had so far."""
        calms, place = self._calms, 0
        if self._is_calm(run):
            columns = (numbers, run.sessions, run.servers, run.grants, run.span.instants, run.outcomes)
            for place, (number, session, server, grant, at, outcome) in enumerate(zip(*columns, strict=True)):
                calm = calms[number]
                if calm is None:
                    continue
                denial = calm(session, server, grant, at, outcome != "protocol_error")
                if denial > 0:
                    numbers[place] = self._denials[number][denial - 1]
                elif denial and not self._weigh_one(run, numbers, place):
                    break
            else:
                for accounts in self._accounts:
                    if accounts.newest >= accounts.next_sweep:
                        accounts.move_on(accounts.newest)
                return
            place += 1
        for rest in range(place, len(numbers)):
            if calms[numbers[rest]] is not None:
                self._weigh_one(run, numbers, rest)

    def _weigh_one(self, run: Run, numbers: list[int], place: int) -> bool:
        """Decides one call; False if counting is not what it was before."""
        number, grant, at = numbers[place], run.grants[place], run.span.instants[place]
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
            numbers[place] = self._answers.number(route, answer)
        return is_plain

    def _is_calm(self, run: Run) -> bool:
        """Whether calls come in order, behind all others, and say when they were and whose they are."""
        times = run.span.in_order
        if times is None or not (all(run.sessions) and all(run.grants)):
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
    """The quick way to count behind each answer; one that never knows where there is none, None for others."""

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


class _Denials(dict[int, list[int]]):
    """The numbers of the denials by the limits behind each answer."""

    def __init__(self, answers: Answers, counts: _Counts) -> None:
        super().__init__()
        self._answers = answers
        self._counts = counts

    def __missing__(self, number: int) -> list[int]:
        route, _ = self._answers.at(number)
        count = self._counts[number]
        self[number] = [] if count is None else [self._answers.number(route, denial) for denial in count.denials]
        return self[number]


def _never(*_: object) -> int:
    return -1
