"""Calls that follow each other, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any


@dataclass(slots=True)
class Run:
    """Calls that follow each other, and what is asked of them one by one."""

    calls: Sequence[Any]
    lines: Sequence[bytes]
    numbers: list[int]
    ids: Sequence[str | None]
    times: Sequence[str | None]
    sessions: Sequence[str | None]
    grants: Sequence[str | None]
    servers: Sequence[str | None]
    outcomes: Sequence[str | None]
    instants: Sequence[int | None] = ()

    def part(self, start: int, end: int) -> Run:
        """Some of them."""
        return self._with(lambda column: column[start:end])

    def only(self, places: Sequence[int]) -> Run:
        """Those at these places."""
        return self._with(lambda column: [column[place] for place in places])

    def _with(self, change: Callable[[Any], Any]) -> Run:
        return Run(*(change(getattr(self, column)) for column in _COLUMNS))


_COLUMNS = [field.name for field in fields(Run) if field.name != "instants"]


def between(odd: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
    """The stretches that the odd ones leave, each with where it ends: at an odd one, or at the end of all."""
    start = 0
    for index in odd:
        yield start, index
        start = index + 1
    yield start, end
