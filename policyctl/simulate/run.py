"""The whole simulation: replay, then everything that follows from it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from policyctl.engine.ledger import LATENESS, Windows
from policyctl.replay.fast import FastReplay
from policyctl.replay.jobs import run
from policyctl.replay.plain import Replay, Watcher
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import GrantOf
from policyctl.simulate import summary
from policyctl.simulate.approval_load import Approvals
from policyctl.simulate.fidelity import Recorded
from policyctl.simulate.gates import DEFAULT_BOUNDS, TOO_THIN, Bounds, check
from policyctl.simulate.labels import Labels
from policyctl.simulate.result import Coverage, GateResult, Input, LimitRow, Simulation, TraceInput
from policyctl.traces.read import TraceFile, read_traces

CLEAN, NOTHING_CHECKED = 0, 3
#: The worst comes first (architecture §2).
_SEVERITY = (1, 4, 3, 0)


@dataclass(frozen=True, slots=True)
class Setup:
    """What to replay and how; `declared` says in words whose calls without a grant are.

    With `whole_lines` every line is decoded whole and by itself, which takes longer and comes to the same; so does any
    number of `jobs`, which are processes that read a large file together, and a `scheduler`, whose workers do.
    """

    assignments: tuple[Assignment, ...]
    files: tuple[TraceFile, ...]
    windows: Windows = Windows.FIXED
    lateness: int = LATENESS
    grant_of: GrantOf | None = None
    declared: str | None = None
    bounds: Bounds = DEFAULT_BOUNDS
    whole_lines: bool = False
    jobs: int = 1
    scheduler: str | None = None


def cores() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def no_collection() -> Iterator[None]:
    """A replay makes no cycles, and looking for them again and again among all accounts costs a tenth of its time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class Side:
    """The policies of a setup in force, and whoever sums up what they do; `replay` has to be run."""

    def __init__(
        self,
        setup: Setup,
        labels: Labels | None,
        *,
        watchers: Sequence[Watcher] = (),
        bystanders: Sequence[Watcher] = (),
    ) -> None:
        self._setup = setup
        self._labels = labels
        self._approvals, self._recorded = Approvals(), Recorded()
        own: list[Watcher] = [] if labels is None else [labels]
        self.replay = Replay(
            setup.assignments,
            windows=setup.windows,
            lateness=setup.lateness,
            grant_of=setup.grant_of,
            watchers=(*own, *watchers),
            bystanders=bystanders,
            recorded=self._recorded,
            waiting=self._approvals,
        )

    @cached_property
    def limits(self) -> tuple[tuple[LimitRow, ...], ...]:
        """What was asked of the limits of each policy, once the replay is through."""
        return tuple(summary.limit_rows(self.replay))

    def simulation(self, bounds: Bounds) -> Simulation:
        """What came of the replay, held against these bounds."""
        setup, replay = self._setup, self.replay
        coverage = summary.coverage_of(replay, setup.declared)
        traces = tuple(_trace(file) for file in setup.files)
        fidelity = self._recorded.fidelity()
        gates = check(bounds, coverage, traces, fidelity)
        tools = summary.tool_rows(replay.cells)
        return Simulation(
            policies=tuple(Input(a.policy.name, a.policy.digest, a.server) for a in setup.assignments),
            catalogs=tuple(Input(a.catalog.name, a.catalog.digest, a.server) for a in setup.assignments if a.catalog),
            traces=traces,
            windows=setup.windows.value,
            coverage=coverage,
            tools=tools,
            servers=summary.by_server(tools),
            classes=summary.by_class(tools),
            risks=summary.by_risk(tools),
            rules=summary.rule_rows(replay.cells),
            idle_rules=summary.idle_rules(replay),
            limits=tuple(chain.from_iterable(self.limits)),
            approvals=self._approvals.load(),
            labels=None if self._labels is None else self._labels.score(),
            fidelity=fidelity,
            gates=gates,
            diagnostics=tuple(diagnostic for file in setup.files for diagnostic in file.diagnostics),
            code=strongest((_code(coverage), *codes_of(gates))),
        )


@no_collection()
def simulate(setup: Setup, *, labels: Labels | None = None, watchers: Sequence[Watcher] = ()) -> Simulation:
    """Replays every call and sums up."""
    side = Side(setup, labels, watchers=watchers)
    if setup.whole_lines or len(setup.files) > 1 or not FastReplay.can_take(side.replay):
        side.replay.run(read_traces(setup.files))
    else:
        run(FastReplay(side.replay), setup.files[0], setup.jobs, setup.scheduler)
    return side.simulation(setup.bounds)


def _trace(file: TraceFile) -> TraceInput:
    stream = file.stream
    return TraceInput(file.name, stream.digest, file.lines, file.bad_lines, file.asides, stream.truncated)


def _code(coverage: Coverage) -> int:
    if coverage.calls == 0:
        return NOTHING_CHECKED
    return CLEAN if coverage.counts.decided else TOO_THIN


def codes_of(gates: Iterable[GateResult]) -> Iterator[int]:
    """What the gates that fail ask for."""
    return (gate.code for gate in gates if not gate.passed)


def strongest(codes: Iterable[int]) -> int:
    """The code that wins."""
    asked = set(codes)
    return next((code for code in _SEVERITY if code in asked), CLEAN)
