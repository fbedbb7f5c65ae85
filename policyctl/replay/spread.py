"""A replay of one large file by several processes: ranges of it are read wherever there is room, and settled in order.

The seam is `concurrent.futures.Executor`. What comes back from a range is counts, and the calls that reached a limit; so
the result is the same for any number of processes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from policyctl.replay.fast import FastReplay
from policyctl.replay.map_range import digest_block, map_range
from policyctl.replay.settle import Range, Settling
from policyctl.traces.read import TraceFile
from policyctl.workspace.ranges import Source
from policyctl.workspace.stream import BLOCK

#: What one task reads. Small, so that no process waits long for the last one.
RANGE = 8 * 1024 * 1024
#: So many tasks wait for each process: what they find waits in memory.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who read ranges of the job with this token, so many at a time; `result` waits for what comes of a range."""

    executor: Executor
    size: int
    token: str = ""
    result: Callable[[Future[Any]], Any] = Future.result


def spread(fast: FastReplay, file: TraceFile, source: Source, crew: Callable[[], Crew], *, length: int = RANGE) -> None:
    """Decides every call of a file, with a crew if there is anything for it to do, in ranges of so many bytes."""
    entries, batches = file.opened()
    fast.plainly(entries)
    if file.is_capture or not 0 < batches.taken < source.size:
        fast.finish(file, batches)
        return
    start = batches.taken
    ranges = [
        Range(source, place, min(place + length, source.size), at_line=place == start)
        for place in range(start, source.size, length)
    ]
    hands = crew()
    settling = Settling(fast, file)
    digests: list[bytes] = []
    for range_, found in _in_order(hands, ranges, source):
        if range_ is None:
            digests.append(found)
            continue
        settling.take(found, range_)
        file.stream.progress(range_.end)
    source.check()
    fast.settle()
    file.stream.leave_to(digests, source.size)


def _in_order(crew: Crew, ranges: Sequence[Range], source: Source) -> Iterator[tuple[Range | None, Any]]:
    """What comes of each range, and with None the digest of each block, in the order of the file."""
    waiting: deque[tuple[Range | None, Future[Any]]] = deque()
    try:
        for range_, task in _tasks(ranges, source):
            function, *arguments = task
            waiting.append((range_, crew.executor.submit(function, crew.token, *arguments)))
            if len(waiting) > _AHEAD * crew.size:
                done, future = waiting.popleft()
                yield done, crew.result(future)
        while waiting:
            done, future = waiting.popleft()
            yield done, crew.result(future)
    finally:
        for _, future in waiting:
            future.cancel()


def _tasks(ranges: Sequence[Range], source: Source) -> Iterator[tuple[Range | None, tuple[Any, ...]]]:
    block = 0
    for range_ in ranges:
        while block * BLOCK < range_.end and block < source.blocks():
            yield None, (digest_block, block)
            block += 1
        yield range_, (map_range, range_.start, range_.end, range_.at_line)
