"""What each rule costs: predicates timed one by one, on calls as they were recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

from policyctl.engine.gateway import Gateway
from policyctl.engine.judge import Objects, Step, Steps, write_judge
from policyctl.model.call import Call
from policyctl.model.decision import Decision, Verdict
from policyctl.replay.routing import Assignment, Lane, Route, Router
from policyctl.traces.read import Entry

#: Seconds to spend on all rules together, and how many calls of a tool are enough for its rules.
_BUDGET, _ENOUGH = 0.5, 100

_Judge = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class RuleCost:
    """A predicate of a policy: how many of the sampled calls reached it, and seconds of the processor for one of them."""

    policy: str
    pointer: str
    rule: str
    reached: int
    seconds: float

    @property
    def total(self) -> float:
        """For all sampled calls."""
        return self.reached * self.seconds


def rule_costs(assignments: Sequence[Assignment], entries: Iterable[Entry]) -> tuple[tuple[RuleCost, ...], int]:
    """Every predicate that a sampled call reached, the dearest first, and the number of calls."""
    router = Router([Lane(assignment, Gateway(assignment.policy)) for assignment in assignments])
    sampled: defaultdict[Route, list[Any]] = defaultdict(list)
    calls = 0
    for _, _, call, _ in entries:
        if isinstance(call, Call):
            calls += 1
            if isinstance(call.args, dict):
                sampled[router.route(call.server, call.tool)].append(call.args)
    steps = [(route, branch, arguments) for route, arguments in sampled.items() if (branch := _steps(route))]
    patience = _BUDGET / max(1, sum(len(branch.steps) for _, branch, _ in steps))
    merged: dict[tuple[str, str, str], list[tuple[int, float]]] = defaultdict(list)
    for route, branch, arguments in steps:
        assert route.lane is not None
        for step, reached, seconds in _timed(branch, arguments, patience):
            key = (route.lane.assignment.policy.name, step.predicate.pointer, step.predicate.rule)
            merged[key].append((reached, seconds))
    costs = (_merged(key, parts) for key, parts in merged.items())
    return tuple(sorted(costs, key=lambda cost: (-cost.total, cost.policy, cost.pointer))), calls


def _steps(route: Route) -> Steps | None:
    return None if route.lane is None else route.lane.gateway.branch(route.tool).steps


def _merged(key: tuple[str, str, str], parts: Sequence[tuple[int, float]]) -> RuleCost:
    """One rule may be met under several names of its tool."""
    reached = sum(calls for calls, _ in parts)
    return RuleCost(*key, reached, sum(calls * seconds for calls, seconds in parts) / reached)


def _timed(steps: Steps, arguments: Sequence[Any], patience: float) -> Iterator[tuple[Step, int, float]]:
    """Each step, the calls that reach it, and the seconds for one; a step that no call reaches is not told."""
    passed = Decision(Verdict.ALLOW)
    for step in steps.steps:
        if not arguments:
            return
        judge = write_judge(Steps((step,), passed), Objects())
        some = arguments[:_ENOUGH]
        yield step, len(arguments), max(0.0, _seconds(judge, some, patience) - _seconds(_nothing, some, patience / 4))
        arguments = [args for args in arguments if judge(args) is passed]


def _nothing(_: Any) -> None:
    """What a call of a function costs by itself."""


def _seconds(judge: _Judge, arguments: Sequence[Any], patience: float) -> float:
    """For one call; repeated until a while is over."""
    times, start = 0, process_time()
    while True:
        for args in arguments:
            judge(args)
        times += 1
        spent = process_time() - start
        if spent >= patience:
            return spent / (times * len(arguments))
