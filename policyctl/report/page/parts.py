"""What a page is made of; texts are raw here, and whoever draws them escapes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from policyctl.report.style import Role


@dataclass(frozen=True, slots=True)
class Code:
    """Words of the user, of a file or of the command line within a sentence; drawn so that they cannot pass for ours."""

    text: str


Part: TypeAlias = str | Code


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of ours with words of the user among them."""

    parts: tuple[Part, ...]
    role: Role | None = None


def say(*parts: Part, role: Role | None = None) -> Sentence:
    """A sentence of these parts."""
    return Sentence(parts, role)


def backticked(message: str) -> tuple[Part, ...]:
    """A sentence that has words of the user in backticks, as parts; where they do not come in pairs all is one part."""
    pieces = message.split("`")
    if len(pieces) % 2 == 0:
        return (message,)
    return tuple(Code(piece) if index % 2 else piece for index, piece in enumerate(pieces) if piece)


def listed(names: Sequence[str], *, most: int) -> tuple[Part, ...]:
    """`a`, `b` and 3 more."""
    parts: list[Part] = []
    for name in names[:most]:
        parts += [", ", Code(name)] if parts else [Code(name)]
    if len(names) > most:
        parts.append(f" and {len(names) - most:,} more")
    return tuple(parts)


def counted(calls: Sequence[tuple[str, int]], *, most: int) -> tuple[Part, ...]:
    """`a` (1 call), `b` (2 calls) and 3 more."""
    parts: list[Part] = []
    for name, number in calls[:most]:
        parts += [", "] if parts else []
        parts += [Code(name), f" ({number:,} {'call' if number == 1 else 'calls'})"]
    if len(calls) > most:
        parts.append(f" and {len(calls) - most:,} more")
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Column:
    """One column; numbers stand to the right, `code` holds words of the user, and `prose` loses its end where it is cut.

    A `rigid` one is never cut.
    """

    title: str
    number: bool = False
    code: bool = False
    rigid: bool = False
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table."""

    text: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; notes belong to it and need more room than a column has, each on lines of its own."""

    cells: tuple[Cell, ...]
    note: Sentence | None = None
    notes: tuple[Sentence, ...] = ()

    @property
    def remarks(self) -> tuple[Sentence, ...]:
        """The note and all further ones."""
        return self.notes if self.note is None else (self.note, *self.notes)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under titles; `more` rows were left out, and stand elsewhere. `note_title` is for media where notes are a column."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    more: int = 0
    more_where: str = ", which the JSON report lists"
    note_title: str = "note"


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines of a file, such as a policy, drawn as they are; they must hold nothing that is not shown."""

    text: str
    language: str = ""


Block: TypeAlias = Sentence | Table | Listing


@dataclass(frozen=True, slots=True)
class Section:
    """A title, what it means in a few words, and what there is to say."""

    title: str
    meaning: str
    blocks: tuple[Block, ...]
