"""Crews of processes on this machine."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context

from policyctl.errors import PolicyctlError
from policyctl.replay.map_range import Job, start
from policyctl.replay.spread import Crew


@contextmanager
def processes(job: Job, count: int) -> Iterator[Crew]:
    """So many processes for one job; they end with the block, however it ends."""
    # A copy of this process has everything imported, but of its threads it would have the locks alone.
    method = "fork" if "fork" in get_all_start_methods() and threading.active_count() == 1 else "spawn"
    executor = ProcessPoolExecutor(count, mp_context=get_context(method), initializer=_begin, initargs=(job,))
    try:
        with _no_interrupts():
            # The first task starts the processes.
            executor.submit(gc.isenabled)
        yield Crew(executor, count)
    except BrokenProcessPool as error:
        hint = "perhaps memory ran out; `--jobs 1` needs the least"
        raise PolicyctlError("a process that read a part of the trace was killed", hint=hint) from error
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Whoever is started in the block never hears of interrupts; this process hears of them behind it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(job: Job) -> None:
    # Who interrupts the replay interrupts the process that waits for this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    start(job)
