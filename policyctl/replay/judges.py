"""Which function finds the answer to a narrowly decoded call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import msgspec

from policyctl.engine.compile import Branch
from policyctl.engine.judge import write_judge
from policyctl.engine.layout import Layout, Read, layout_of, reads
from policyctl.model.decision import Decision
from policyctl.replay.answers import UNCLEAR, Answers
from policyctl.replay.pieces import AnswerKey
from policyctl.replay.routing import Route, Router

#: Arguments, as far as they are asked for, to the number of an answer.
Judge: TypeAlias = Callable[[Any], int]


class Layouts:
    """How the arguments of each recorded tool are decoded, for all that any policy of any side asks of them."""

    def __init__(self, routers: Sequence[Router]) -> None:
        self._routers = routers
        self._layouts: dict[str, Layout | None] = {}

    def of(self, tool: str) -> Layout | None:
        """The layout for a recorded tool; None if there can be none."""
        if tool not in self._layouts:
            routes = (route for router in self._routers for route in router.routes.values())
            branches = [_branch(route) for route in routes if route.recorded == tool]
            asked: frozenset[Read] = frozenset()
            for branch in branches:
                asked |= reads(branch.steps) if branch is not None and branch.steps is not None else frozenset()
            self._layouts[tool] = layout_of(asked)
        return self._layouts[tool]

    def type(self, tool: str) -> type[msgspec.Struct] | None:
        """The type of the arguments."""
        layout = self.of(tool)
        return None if layout is None else layout.type


class Bench:
    """The judges of all tools, each made when its first call comes."""

    def __init__(self, router: Router, answers: Answers, layouts: Layouts) -> None:
        self._router = router
        self._answers = answers
        self._layouts = layouts
        #: Whether some judge has no answers, since it would have to see more of the arguments.
        self.some_unclear = False
        #: What the numbers of answers of all judges are known by.
        self.keys: dict[int, AnswerKey] = {}

    def judge(self, server: str | None, tool: str) -> Judge:
        """The judge of the calls of a recorded tool of a server."""
        route = self._router.route(server, tool)
        branch = _branch(route)
        numbers = {decision: self._answers.number(route, decision) for decision in _possible(branch)}
        for index, number in enumerate(numbers.values()):
            self.keys[number] = (server, tool, index)
        if branch is None or branch.constant is not None:
            return _always(next(iter(numbers.values())))
        layout = self._layouts.of(tool)
        assert branch.steps is not None
        if layout is None or not reads(branch.steps) <= layout.asked:
            self.some_unclear = True
            return _always(UNCLEAR)
        return write_judge(branch.steps, layout, numbers.__getitem__)

    def number(self, key: AnswerKey) -> int:
        """The number of an answer that somebody else has a number for."""
        server, tool, index = key
        route = self._router.route(server, tool)
        return self._answers.number(route, list(dict.fromkeys(_possible(_branch(route))))[index])


def _possible(branch: Branch | None) -> Sequence[Decision | None]:
    """Every answer that the arguments of a call may meet; None is that of a call without a policy."""
    if branch is None:
        return (None,)
    if branch.steps is None:
        return (branch.constant,)
    return (*(step.denial for step in branch.steps.steps), branch.steps.last)


def _branch(route: Route) -> Branch | None:
    return None if route.lane is None else route.lane.gateway.branch(route.tool)


def _always(number: int) -> Judge:
    return lambda _args: number
