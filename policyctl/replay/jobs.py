"""A large file for several processes, any other for one: it comes to the same."""

from __future__ import annotations

from contextlib import ExitStack

from policyctl.replay.fast import READ, FastReplay
from policyctl.traces.read import TraceFile

#: A smaller file is replayed before other processes have started.
WORTH_IT = 48 * 1024 * 1024


def run(fast: FastReplay, file: TraceFile, jobs: int) -> None:
    """Decides every call of a file, with up to so many processes that read it."""
    is_worth_it = jobs > 1 and (file.stream.size or 0) >= WORTH_IT
    # Whose a call is, the user may have said in a way that only this process knows.
    if not is_worth_it or file.is_mapped or any(side.replay.grant_of is not None for side in fast.sides):
        fast.run(file)
        return
    from policyctl.workspace.ranges import Source

    source = Source.of(file.stream)
    if source is None:
        fast.run(file)
        return
    from policyctl.replay.crews import processes
    from policyctl.replay.map_range import Job
    from policyctl.replay.spread import spread

    sides = tuple(tuple(lane.assignment for lane in side.replay.lanes) for side in fast.sides)
    job = Job(source, sides, every_call=fast.sees_every_call, reads=fast.reads & READ)
    with ExitStack() as stack:
        spread(fast, file, source, lambda: stack.enter_context(processes(job, jobs)))
