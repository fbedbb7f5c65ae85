"""What a reader of a range of lines found: counts of calls that are through, and calls that somebody has to look at."""

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


#: What is known of every call that comes back, as numbers of its piece's texts.
_TEXTS = ("session", "server", "grant", "outcome")


@dataclass(slots=True)
class Calls:
    """Calls of which somebody wants to know more than how many there are, one column for each field.

    `places` are lines of the piece, `numbers` those of the answers of each side. Sessions, servers, grants and outcomes
    are numbers of `texts`: few are different, and they come from afar. `others` are fields that somebody looks at beside.
    """

    numbers: list[array[int]]
    places: array[int] = field(default_factory=_numbers)
    texts: Texts = field(default_factory=Texts)
    written: dict[str, array[int]] = field(default_factory=lambda: {name: _numbers() for name in _TEXTS})
    instants: list[int | None] = field(default_factory=list)
    others: dict[str, list[Any]] = field(default_factory=dict)

    def column(self, name: str) -> Sequence[Any]:
        """A field of each call; None for one that nobody looks at."""
        if name in self.written:
            return list(map(list(self.texts).__getitem__, self.written[name]))
        return self.others.get(name) or [None] * len(self.places)

    def __getstate__(self) -> Any:
        try:
            instants: Any = array("q", cast("list[int]", self.instants))
        except (TypeError, OverflowError):
            # Some are unknown, or too far away for an array.
            instants = self.instants
        return self.numbers, self.places, list(self.texts), self.written, instants, self.others

    def __setstate__(self, state: Any) -> None:
        self.numbers, self.places, texts, self.written, instants, self.others = state
        self.texts = Texts(zip(texts, range(len(texts)), strict=True))
        self.instants = list(instants)


@dataclass(slots=True)
class Piece:
    """Calls on lines that follow each other, from `start` to `end` of the range.

    `counts` has for each number of an answer how many calls met it that are not among `calls`, and the line of the piece
    where the first did. With `order` times rise from its first to its second text; with `names` they do not; with neither
    no call has an id.
    """

    start: int
    end: int
    facts: Facts
    counts: dict[int, tuple[int, int]]
    calls: Calls
    order: tuple[str, str] | None = None
    names: Names | None = None


@dataclass(slots=True)
class Whole:
    """Lines that somebody has to look at as they are; the first is line `start` of the range."""

    start: int
    content: bytes


@dataclass(slots=True)
class Mapped:
    """All that stands in a range, in order; `keys` are those of the numbers in it, for each side."""

    keys: list[dict[int, AnswerKey]]
    found: list[Piece | Whole]
    lines: int
