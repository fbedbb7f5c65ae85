"""Traces as one stream of calls in time, with an account of what could not be read."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from policyctl.diagnostic import Diagnostic, Position, Severity, Span
from policyctl.model.call import Approval, Call
from policyctl.model.time import instant
from policyctl.traces.decode import decode_call, decode_carefully, interpret, load
from policyctl.traces.items import Aside, BadLine, Item, Request, Response
from policyctl.traces.lines import is_plain, split_lines
from policyctl.traces.mapping import rearrange
from policyctl.traces.messages import pair_outcomes
from policyctl.workspace.naming import shown_name, source_name
from policyctl.workspace.stream import ByteStream

#: So many bad lines are shown with their places; the rest is counted.
SHOWN = 20
_BEFORE_ALL_TIMES = -(2**127)
_MISSHAPEN = (msgspec.DecodeError, RecursionError, UnicodeDecodeError)


class TraceFile:
    """One trace file, read once from start to end.

    Counts are final when the calls are through: `lines` that hold anything, `bad_lines` among them, `asides` (messages
    of a protocol that are no calls), and the first few `diagnostics`.
    """

    def __init__(self, name: str, paths: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.name = shown_name(name)
        #: How decisions name this file.
        self.source = source_name(name)
        self.stream = ByteStream(name)
        self._paths = paths
        self.lines = 0
        self.bad_lines = 0
        self.asides = 0
        self.diagnostics: list[Diagnostic] = []

    def calls(self) -> Iterator[tuple[int, Call | Approval]]:
        """Line numbers and what stands there, in the order of the file."""
        items = self._items()
        first = next(items, None)
        if first is None:
            return
        chained = _chain(first, items)
        for number, item in pair_outcomes(chained) if isinstance(first[1], Request | Response | Aside) else chained:
            if item.__class__ is Call or isinstance(item, Call | Approval):
                yield number, item
            elif isinstance(item, Request):
                yield number, item.call
            else:
                self.asides += 1

    def _items(self) -> Iterator[tuple[int, Item]]:
        number = 0
        for lines, plain in split_lines(self.stream.chunks()):
            for line in lines:
                number += 1
                try:
                    if self._paths is None and (plain or is_plain(line)):
                        self.lines += 1
                        yield number, decode_call(line)
                        continue
                except _MISSHAPEN:
                    self.lines -= 1
                item = self._look_closely(line, number)
                if item is not None:
                    yield number, item

    def _look_closely(self, line: bytes, number: int) -> Item | None:
        """A line that is not plainly in the normal form; None for a blank or a bad one."""
        if not line.strip(b" \t\r"):
            return None
        self.lines += 1
        item = decode_carefully(line) if self._paths is None else _decode_mapped(line, self._paths)
        if not isinstance(item, BadLine):
            return item
        self.bad_lines += 1
        if len(self.diagnostics) < SHOWN:
            self.diagnostics.append(self._diagnostic(item, number))
        return None

    def _diagnostic(self, bad: BadLine, number: int) -> Diagnostic:
        # Offsets of a stream are counted from the start of the line: nobody edits a trace by them.
        start = Position(bad.offset, number, bad.offset + 1)
        return Diagnostic("TRC00", Severity.ERROR, bad.message, self.name, Span(start, start), help=bad.help)


def read_traces(files: Sequence[TraceFile]) -> Iterator[tuple[TraceFile, int, Call | Approval]]:
    """Several files merged by time (ties: order of the files, then of the lines).

    A record without a time stays behind its predecessor in its file; files without times come in the order given.
    """
    if len(files) == 1:
        file = files[0]
        return ((file, number, item) for number, item in file.calls())
    return (entry[2:] for entry in heapq.merge(*map(_timed, files, range(len(files))), key=_by_time))


def _by_time(entry: tuple[int, int, TraceFile, int, Call | Approval]) -> tuple[int, int]:
    return entry[:2]


def _timed(file: TraceFile, index: int) -> Iterator[tuple[int, int, TraceFile, int, Call | Approval]]:
    at = _BEFORE_ALL_TIMES
    for number, item in file.calls():
        if isinstance(item, Call) and item.ts is not None:
            moment = instant(item.ts)
            at = at if moment is None else moment
        yield at, index, file, number, item


def _decode_mapped(line: bytes, paths: Mapping[str, tuple[str, ...]]) -> Item:
    value: Any = load(line)
    return value if isinstance(value, BadLine) else interpret(rearrange(value, paths))


def _chain(first: tuple[int, Item], rest: Iterator[tuple[int, Item]]) -> Iterator[tuple[int, Item]]:
    yield first
    yield from rest
