"""Lines to the numbers of answers, many at a time, as far as other calls have no say in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import msgspec

from policyctl.replay.answers import UNCLEAR
from policyctl.replay.judges import Layouts
from policyctl.replay.plain import Replay
from policyctl.replay.side import Side
from policyctl.replay.stretch import Run, between
from policyctl.traces.duplicates import SHORT
from policyctl.traces.lines import Lines, Part
from policyctl.traces.narrow import FIELDS, Narrow

#: More tools than this are not learned: each needs a type of its own.
_MOST_TOOLS = 8_192
#: A batch with more unusual lines than one in so many is not looked at any further.
_SHARE = 4
_columns = msgspec.structs.astuple

#: Calls, and for each side the numbers of their answers.
Judged: TypeAlias = tuple[Run, list[list[int]]]


class Judging:
    """Decodes lines no further than several replays ask; `read` are fields that somebody looks at beside them."""

    def __init__(self, replays: Sequence[Replay], read: frozenset[str]) -> None:
        self._layouts = Layouts([replay.router for replay in replays])
        self.sides = tuple(Side(replay, self._layouts) for replay in replays)
        self._routes = replays[0].router.routes
        extra = _extra(replays, read)
        self._narrow = Narrow(extra)
        self._has_outcomes = any(field == "outcome" for field, _, _ in extra)
        self._unusual = 0

    def learn(self) -> None:
        """Reads lines of all tools that were met so far."""
        self._unusual = 0
        room = _MOST_TOOLS - len(self._narrow.tools)
        met = dict.fromkeys(tool for _, tool in self._routes if not self._narrow.knows(tool))
        types = ((tool, self._layouts.type(tool)) for tool in list(met)[:room])
        self._narrow.learn({tool: kind for tool, kind in types if kind is not None})

    def judge(self, batch: Lines) -> Iterator[Judged | bytes]:
        """Calls with their answers, or lines that are to be read in another way, in order."""
        if self._unusual > len(self._narrow.tools) + 50:
            self.learn()
        lines = batch.lines
        if batch.content.size > SHORT * len(lines) or not batch.are_text:
            yield b"".join(lines)
            return
        calls, odd = self._narrow.decode(lines)
        self._unusual += len(odd)
        if len(odd) * _SHARE > len(lines):
            yield b"".join(lines)
            return
        for start, end in between(odd, len(lines)):
            if start < end:
                yield from self._stretch(calls[start:end], lines[start:end], Part(batch.content, start, end))
            if end < len(lines):
                yield lines[end]

    def _stretch(self, calls: Sequence[Any], lines: Sequence[bytes], origin: Part) -> Iterator[Judged | bytes]:
        """Lines that were all decoded."""
        columns = list(zip(*map(_columns, calls), strict=True))[: len(FIELDS) + self._has_outcomes]
        if not self._has_outcomes:
            columns.append((None,) * len(calls))
        run = Run(calls, lines, origin, columns)
        judged = [side.judged(run, self._narrow.tools) for side in self.sides]
        odd: set[int] = set()
        for side, numbers in zip(self.sides, judged, strict=True):
            if side.bench.some_unclear:
                odd.update(index for index, number in enumerate(numbers) if number == UNCLEAR)
        if not odd:
            yield run, judged
            return
        for start, end in between(sorted(odd), len(lines)):
            if start < end:
                yield run.part(start, end), [numbers[start:end] for numbers in judged]
            if end < len(lines):
                yield lines[end]


def _extra(replays: Sequence[Replay], read: frozenset[str]) -> list[tuple[str, Any, Any]]:
    """Fields beside those that every replay asks for."""
    extra: list[tuple[str, Any, Any]] = []
    if "outcome" in read or any(lane.gateway.ledger.books for replay in replays for lane in replay.lanes):
        extra.append(("outcome", str | None, None))
    if "meta" in read or any(replay.grant_of is not None for replay in replays):
        extra.append(("meta", msgspec.Raw, msgspec.Raw(b"")))
    return extra
