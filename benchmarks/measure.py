"""Whole processes on one core: how long they take and how much memory they need."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Of Linux; elsewhere `ru_maxrss` is in other units.
_KIB = 1024 if sys.platform.startswith("linux") else 1


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds by the clock, seconds of the processor, bytes at its peak."""

    wall: float
    cpu: float
    peak: int


Pairs = tuple[tuple[Run, Run], ...]


class RunError(Exception):
    """A measured program did not do its job, so its time says nothing."""


def pin(core: int | None) -> int | None:
    """Keep this process and all that it starts on one core; None where the system cannot."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    chosen = max(os.sched_getaffinity(0)) if core is None else core
    os.sched_setaffinity(0, {chosen})
    return chosen


@contextmanager
def on_all_cores() -> Iterator[None]:
    """Let processes go wherever there is room, for as long as this lasts."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def no_collection() -> Iterator[None]:
    """What is timed in this process does not pay for the garbage that others left."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def run(words: Sequence[str | Path], *, out: Path, allowed: frozenset[int] = frozenset({0})) -> Run:
    """Start a program with both streams in the file `out` and wait until it ends.

    Nothing heavy may be imported here: a child's peak starts from that of the process that spawned it.
    """
    argv = [os.fspath(word) for word in words]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    to_file = [(os.POSIX_SPAWN_OPEN, 1, os.fspath(out), flags, 0o644), (os.POSIX_SPAWN_DUP2, 1, 2)]
    started = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=to_file)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    if code not in allowed:
        raise RunError(f"`{' '.join(argv)}` ended with {code}:\n{_end_of(out)}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KIB)


def in_turn(rounds: int, ours: Callable[[], Run], other: Callable[[], Run]) -> Pairs:
    """Both programs in turn, the first of a pair changing with each round; the first run of all is thrown away."""
    if rounds > 1:
        other()
    done: list[tuple[Run, Run]] = []
    for number in range(rounds):
        if number % 2:
            second = other()
            done.append((ours(), second))
        else:
            done.append((ours(), other()))
    return tuple(done)


def _end_of(path: Path) -> str:
    return "\n".join(path.read_text("utf-8", errors="replace").splitlines()[-15:])
