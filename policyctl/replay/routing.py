"""Which policy a recorded call is for, and under which name it knows the tool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policyctl.engine.gateway import Gateway
from policyctl.model.catalog import Catalog
from policyctl.model.decision import Decision
from policyctl.model.policy import Policy
from policyctl.traces.read import TraceFile

_PREFIX = "mcp__"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A policy and what it is for: one server's calls, or all calls if `server` is None."""

    policy: Policy
    catalog: Catalog | None = None
    server: str | None = None


class Lane:
    """One assignment in force."""

    def __init__(self, assignment: Assignment, gateway: Gateway) -> None:
        self.assignment = assignment
        self.gateway = gateway
        policy, catalog = assignment.policy, assignment.catalog
        self._listed = policy.tools.keys() | set(policy.hide) | (catalog.tools.keys() if catalog else set())
        #: No name that is known has more characters.
        self.longest = max(map(len, self._listed), default=0)

    def knows(self, tool: str) -> bool:
        """Whether the policy (its hidden names included) or the catalog names this tool."""
        return tool in self._listed


class Cell:
    """How often one route met one decision, and where first: the `count`-th record, on this line of this file."""

    __slots__ = ("calls", "count", "file", "line")

    def __init__(self, file: TraceFile, line: int, count: int) -> None:
        self.calls = 0
        self.count = count
        self.file = file
        self.line = line


class Route:
    """Where the calls of one tool of one server go; equal only to itself, so that counting by it is cheap.

    `tool` is the policy's name, `recorded` the trace's; `lane` is None for a call that no policy governs. `cells` count
    its calls by decision.
    """

    __slots__ = ("admit", "cells", "lane", "recorded", "server", "tool")

    def __init__(self, lane: Lane | None, server: str | None, recorded: str, tool: str) -> None:
        self.cells: dict[Decision, Cell] = {}
        self.lane = lane
        self.admit = None if lane is None else lane.gateway.admit_at
        self.server = server
        self.recorded = recorded
        self.tool = tool


class Router:
    """Finds the route of a call; each pair of server and tool is thought about once."""

    def __init__(self, lanes: Sequence[Lane]) -> None:
        self._lanes = {lane.assignment.server: lane for lane in lanes}
        self._any = self._lanes.get(None)
        self._longest = max((len(server) for server in self._lanes if server is not None), default=0)
        #: Every route that was asked for, in the order of the first time.
        self.routes: dict[tuple[str | None, str], Route] = {}

    def route(self, server: str | None, tool: str) -> Route:
        """The route of a call that names this server, if any, and this tool."""
        key = (server, tool)
        route = self.routes.get(key)
        if route is None:
            route = self.routes[key] = self._find(server, tool)
        return route

    def _find(self, server: str | None, tool: str) -> Route:
        lane = self._any or self._lanes.get(server)
        if lane is None:
            # A client that prefixes its tools names the server there, if nowhere else.
            prefixed = next((split for split in _splits(tool, server=self._longest) if split[0] in self._lanes), None)
            if server is not None or prefixed is None:
                return Route(None, server, tool, tool)
            server, lane = prefixed[0], self._lanes[prefixed[0]]
        return Route(lane, server, tool, _name_in(lane, tool))


def _name_in(lane: Lane, tool: str) -> str:
    """The name without a client's prefix, if only that one is known."""
    if not tool.startswith(_PREFIX) or lane.knows(tool):
        return tool
    declared = lane.assignment.server
    bare = (
        name for server, name in _splits(tool, name=lane.longest) if declared in (None, server) and lane.knows(name)
    )
    return next(bare, tool)


def _splits(tool: str, *, server: int = -1, name: int = -1) -> Iterator[tuple[str, str]]:
    """Every way to read `mcp__server__tool` with a server or a name of up to so many characters.

    Either may hold the separator, and a hostile name nothing but separators: what cannot be known is not even cut out.
    """
    if not tool.startswith(_PREFIX):
        return
    rest = tool.removeprefix(_PREFIX)
    place = rest.find("__")
    while place > 0:
        if place <= server or len(rest) - place - 2 <= name:
            yield rest[:place], rest[place + 2 :]
        place = rest.find("__", place + 1)
