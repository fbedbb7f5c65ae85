"""One difference between two definitions of a tool."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Where in a definition a difference is, in the order in which differences are told."""

    TITLE = "title"
    DESCRIPTION = "description"
    INPUT = "inputSchema"
    OUTPUT = "outputSchema"
    ANNOTATIONS = "annotations"
    FIELDS = "fields"


class Effect(StrEnum):
    """What a difference does to the calls that fit the definition."""

    WIDER = "wider"
    NARROWER = "narrower"
    OTHER = "other"


class What(StrEnum):
    """The kind of a difference in a schema."""

    TEXT = "text"
    ADDED = "added"
    REMOVED = "removed"
    OPTIONAL = "optional"
    REQUIRED = "required"
    TYPE = "type"
    VALUES = "values"
    BOUND = "bound"
    CLOSED = "closed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """`pointer` is below the tool; `argument` the path of the argument that it is about, None where it is about none.

    `before` and `after` are as they may stand in a sentence, None for what is not there. `types` are those that a changed
    argument may have in addition, or the ones that a new or former argument has or had.
    """

    part: Part
    what: What
    pointer: str
    effect: Effect = Effect.OTHER
    argument: tuple[str, ...] | None = None
    before: str | None = None
    after: str | None = None
    types: frozenset[str] = frozenset()
