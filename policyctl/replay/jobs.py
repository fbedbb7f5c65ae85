"""A large file for several processes, any other for one: it comes to the same."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

from policyctl.replay.fast import READ, FastReplay
from policyctl.traces.read import TraceFile

if TYPE_CHECKING:
    from policyctl.replay.map_range import Job
    from policyctl.replay.spread import Crew
    from policyctl.workspace.ranges import Source

#: A smaller file is replayed before other processes have started.
WORTH_IT = 48 * 1024 * 1024


def run(fast: FastReplay, file: TraceFile, jobs: int, scheduler: str | None = None) -> None:
    """Decides every call of a file, with up to so many processes that read it, or with the workers of a scheduler."""
    source = _source(fast, file) if jobs > 1 or scheduler is not None else None
    if source is None or (scheduler is None and source.size < WORTH_IT):
        fast.run(file)
        return
    from policyctl.replay.map_range import Job
    from policyctl.replay.spread import spread

    sides = tuple(tuple(lane.assignment for lane in side.replay.lanes) for side in fast.sides)
    job = Job(source, sides, every_call=fast.sees_every_call, reads=fast.reads & READ)
    with ExitStack() as stack:
        spread(fast, file, source, lambda: stack.enter_context(_crew(job, jobs, scheduler)))


def _source(fast: FastReplay, file: TraceFile) -> Source | None:
    """What others may read instead of the file; None where this process has to."""
    # Whose a call is, the user may have said in a way that only this process knows.
    if file.is_mapped or any(side.replay.grant_of is not None for side in fast.sides):
        return None
    from policyctl.workspace.ranges import Source

    return Source.of(file.stream)


def _crew(job: Job, jobs: int, scheduler: str | None) -> AbstractContextManager[Crew]:
    if scheduler is not None:
        from policyctl.replay.cluster import workers

        return workers(job, scheduler)
    from policyctl.replay.crews import processes

    return processes(job, jobs)
