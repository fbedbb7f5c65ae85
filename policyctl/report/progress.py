"""How far a long job is, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from policyctl.workspace.stream import ByteStream

_EVERY = 0.2


@contextmanager
def progress(streams: Sequence[ByteStream], *, quiet: bool) -> Iterator[None]:
    """Shows how much of the streams is read while the block runs, if standard error is a terminal."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread

    done = Event()
    watcher = Thread(target=_watch, args=(streams, done.wait), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(streams: Sequence[ByteStream], ended_within: Callable[[float], bool]) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    if ended_within(_EVERY):
        return
    sizes = [stream.size for stream in streams]
    total = None if None in sizes else sum(size or 0 for size in sizes)
    columns = (TextColumn("replaying"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("replaying", total=total)
        while not ended_within(_EVERY):
            bar.update(task, completed=sum(stream.read for stream in streams))
