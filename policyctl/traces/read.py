"""Traces as one stream of calls in time, with an account of what could not be read."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeAlias, cast

from policyctl.diagnostic import Diagnostic, Position, Severity, Span
from policyctl.model.call import Approval, Call
from policyctl.model.time import BEFORE_ALL_TIMES, instant
from policyctl.traces.decode import MISSHAPEN, decode_call, decode_carefully, interpret, load
from policyctl.traces.items import BadLine, Batch, Item, Request
from policyctl.traces.lines import Batches, cut, is_plain
from policyctl.traces.mapping import rearrange
from policyctl.traces.messages import pair_outcomes
from policyctl.workspace.naming import shown_name, source_name
from policyctl.workspace.stream import CHUNK, ByteStream

#: So many bad lines are shown with their places; the rest is counted.
SHOWN = 20


class TraceFile:
    """One trace file, read once from start to end.

    Counts are final when the calls are through: `lines` that hold anything, `bad_lines` among them, `asides` (messages
    of a protocol that are no calls), and the first few `diagnostics`.
    """

    def __init__(self, name: str, paths: Mapping[str, tuple[str, ...]] | None = None, *, chunk: int = CHUNK) -> None:
        self.name = shown_name(name)
        #: How decisions name this file.
        self.source = source_name(name)
        self.stream = ByteStream(name, chunk)
        self._paths = paths
        #: Whether requests may find their responses further down; known from the first line that is no blank.
        self._is_capture = True
        #: Lines so far, and those of them that hold anything.
        self.number = 0
        self.lines = 0
        self.bad_lines = 0
        self.asides = 0
        self.diagnostics: list[Diagnostic] = []

    @property
    def is_capture(self) -> bool:
        """Whether requests may find their responses further down, as far as is known."""
        return self._is_capture

    @property
    def is_mapped(self) -> bool:
        """Whether its lines are in a form of their own."""
        return self._paths is not None

    def again(self) -> TraceFile | None:
        """The same file from its start; None if what it was read from does not keep it."""
        return None if self.stream.size is None else TraceFile(self.stream.name, self._paths)

    def calls(self) -> Iterator[Entry]:
        """What stands on each line, in the order of the file."""
        entries, batches = self.opened()
        return chain(entries, chain.from_iterable(map(self.entries, batches.contents())))

    def opened(self) -> tuple[Iterator[Entry], Batches]:
        """What stands on the first lines, and the rest of the content, for `entries`.

        Of a capture everything comes with the first lines, since requests find their responses further down.
        """
        batches = Batches(self.stream.chunks())
        contents = batches.contents()
        for content in contents:
            items = self._items(content)
            first = next(items, None)
            if first is None:
                continue
            if not isinstance(first[2], Call | Approval):
                rest = chain.from_iterable(map(self._items, contents))
                return self._only_calls(pair_outcomes(chain((first,), items, rest))), Batches(())
            self._is_capture = False
            # Typed by what is known now: nothing else comes any more.
            return cast("Iterator[Entry]", chain((first,), items)), batches
        return iter(()), Batches(())

    def entries(self, content: bytes) -> Iterator[Entry]:
        """What stands on the next lines, which are no part of a capture."""
        return cast("Iterator[Entry]", self._items(content))

    def _only_calls(self, items: Iterable[tuple[TraceFile, int, Item, bytes | None]]) -> Iterator[Entry]:
        for _, number, item, line in items:
            for call in self._calls_in(item):
                yield self, number, call, line

    def _calls_in(self, item: Item) -> Iterator[Call | Approval]:
        match item:
            case Call() | Approval():
                yield item
            case Request():
                yield item.call
            case Batch(messages=messages):
                for message in messages:
                    yield from self._calls_in(message)
            case _:
                self.asides += 1

    def _items(self, content: bytes) -> Iterator[tuple[TraceFile, int, Item, bytes | None]]:
        """Everything that is no blank and no bad line; in a file that is no capture, only calls and approvals."""
        number = self.number
        lines, is_quick = cut(content), self._paths is None and is_plain(content)
        self.number += len(lines)
        read = 0
        for line in lines:
            number += 1
            if is_quick or (self._paths is None and is_plain(line)):
                try:
                    call = decode_call(line)
                except MISSHAPEN:
                    pass
                else:
                    read += 1
                    yield self, number, call, line
                    continue
            item = self._look_closely(line, number)
            if item is None:
                continue
            for part in (item,) if self._is_capture else self._calls_in(item):
                yield self, number, part, None
        self.lines += read

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


#: The file, the number of the line, the call or approval there, and the line if it is a call in the normal form.
Entry: TypeAlias = "tuple[TraceFile, int, Call | Approval, bytes | None]"


def read_traces(files: Sequence[TraceFile]) -> Iterator[Entry]:
    """Several files merged by time (ties: order of the files, then of the lines).

    A record without a time stays behind its predecessor in its file; files without times come in the order given.
    """
    if len(files) == 1:
        return files[0].calls()
    return (entry for _, _, entry in heapq.merge(*map(_timed, files, range(len(files))), key=_by_time))


def _by_time(timed: tuple[int, int, Entry]) -> tuple[int, int]:
    return timed[:2]


def _timed(file: TraceFile, index: int) -> Iterator[tuple[int, int, Entry]]:
    at = BEFORE_ALL_TIMES
    for entry in file.calls():
        item = entry[2]
        if isinstance(item, Call) and item.ts is not None:
            moment = instant(item.ts)
            at = at if moment is None else moment
        yield at, index, entry


def _decode_mapped(line: bytes, paths: Mapping[str, tuple[str, ...]]) -> Item:
    value: Any = load(line)
    return value if isinstance(value, BadLine) else interpret(rearrange(value, paths))
