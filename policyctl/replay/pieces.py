"""What a reader of a range of lines found: counts of calls that are through, and those that hang on calls before."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
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


@dataclass(slots=True)
class Column:
    """Texts of which few are different."""

    texts: list[str | None]
    places: bytes

    @classmethod
    def of(cls, texts: Sequence[str | None]) -> Column:
        """The same texts, each of them once."""
        numbers: dict[str | None, int] = {}
        # The next number is how many there are before the text is there.
        places = array("I", [numbers.setdefault(text, len(numbers)) for text in texts])
        return cls(list(numbers), places.tobytes())

    def __iter__(self) -> Iterator[str | None]:
        places = array("I")
        places.frombytes(self.places)
        return map(self.texts.__getitem__, places)


@dataclass(slots=True)
class Hanging:
    """Calls whose answers hang on calls before, one column for each of their fields; `places` are lines of the piece."""

    places: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    instants: list[int | None] = field(default_factory=list)
    sessions: list[str | None] = field(default_factory=list)
    servers: list[str | None] = field(default_factory=list)
    grants: list[str | None] = field(default_factory=list)
    outcomes: list[str | None] = field(default_factory=list)

    def __getstate__(self) -> Any:
        columns = (self.sessions, self.servers, self.grants, self.outcomes)
        try:
            instants: Any = array("q", cast("list[int]", self.instants)).tobytes()
        except (TypeError, OverflowError):
            # Some are unknown, or too far away for an array.
            instants = self.instants
        return (
            array("I", self.places).tobytes(),
            array("I", self.numbers).tobytes(),
            instants,
            [Column.of(column) for column in columns],
        )

    def __setstate__(self, state: Any) -> None:
        places, numbers, instants, columns = state
        self.places, self.numbers = _numbers("I", places), _numbers("I", numbers)
        self.instants = list(_numbers("q", instants)) if isinstance(instants, bytes) else instants
        self.sessions, self.servers, self.grants, self.outcomes = (list(column) for column in columns)


def _numbers(kind: str, content: bytes) -> list[int]:
    numbers = array(kind)
    numbers.frombytes(content)
    return list(numbers)


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
