"""What a reader of a range of lines found: counts of calls that are through, and those that hang on calls before."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

#: What an answer is known by wherever the same policies are: server and recorded tool of a call, and which of the answers
#: that its arguments may meet.
AnswerKey: TypeAlias = tuple[str | None, str, int]


@dataclass(slots=True)
class Facts:
    """What a report says of calls, whatever is decided about them; times as in `Replay`."""

    sessions: set[str]
    without_session: int
    without_grant: int
    untimed: int
    bad_times: int
    first: int
    last: int
    not_governed: dict[str | None, int]


@dataclass(slots=True)
class Names:
    """Ids, sessions and times of calls, which tell those apart that may be records of one call."""

    ids: Sequence[str | None]
    sessions: Sequence[str | None]
    times: Sequence[str | None]


class Texts(dict[str | None, int]):
    """Texts by their numbers, in the order in which they were first asked for."""

    def __missing__(self, text: str | None) -> int:
        number = self[text] = len(self)
        return number


def _numbers() -> array[int]:
    return array("I")


@dataclass(slots=True)
class Hanging:
    """Calls whose answers hang on calls before, one column for each of their fields; `places` are lines of the piece.

    Sessions, servers, grants and outcomes are numbers of `texts`: few are different, and they come from afar.
    """

    texts: Texts = field(default_factory=Texts)
    places: array[int] = field(default_factory=_numbers)
    numbers: array[int] = field(default_factory=_numbers)
    sessions: array[int] = field(default_factory=_numbers)
    servers: array[int] = field(default_factory=_numbers)
    grants: array[int] = field(default_factory=_numbers)
    outcomes: array[int] = field(default_factory=_numbers)
    instants: list[int | None] = field(default_factory=list)

    def written(self, column: array[int]) -> list[str | None]:
        """A column as the texts that it stands for."""
        return list(map(list(self.texts).__getitem__, column))

    def __getstate__(self) -> Any:
        try:
            instants: Any = array("q", cast("list[int]", self.instants))
        except (TypeError, OverflowError):
            # Some are unknown, or too far away for an array.
            instants = self.instants
        columns = (self.places, self.numbers, self.sessions, self.servers, self.grants, self.outcomes)
        return list(self.texts), columns, instants

    def __setstate__(self, state: Any) -> None:
        texts, columns, instants = state
        self.texts = Texts(zip(texts, range(len(texts)), strict=True))
        self.places, self.numbers, self.sessions, self.servers, self.grants, self.outcomes = columns
        self.instants = list(instants)


@dataclass(slots=True)
class Piece:
    """Calls on lines that follow each other, from `start` to `end` of the range.

    `counts` has for each number of an answer how many calls met it, and the line of the piece where the first did. With
    `order` times rise from its first to its second text; with `names` they do not; with neither no call has an id.
    """

    start: int
    end: int
    facts: Facts
    counts: dict[int, tuple[int, int]]
    hanging: Hanging
    order: tuple[str, str] | None = None
    names: Names | None = None


@dataclass(slots=True)
class Whole:
    """Lines that somebody has to look at as they are; the first is line `start` of the range."""

    start: int
    content: bytes


@dataclass(slots=True)
class Mapped:
    """All that stands in a range, in order; `keys` are those of the numbers in it."""

    keys: dict[int, AnswerKey]
    found: list[Piece | Whole]
    lines: int
