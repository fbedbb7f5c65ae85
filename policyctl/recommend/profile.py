"""How strict the recommended rules are: one row a class, one table a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from policyctl.model.catalog import Category


class Profile(StrEnum):
    """Whose defaults: those of a vendor's page on one tool, of its page on a server, or of somebody who trusts nothing."""

    TOOL_PAGE = "tool-page"
    SERVER_PAGE = "server-page"
    STRICT = "strict"


class Approval(StrEnum):
    """How tools that move money are held back: as published, which nothing approves, or so that a person can approve."""

    PUBLISHED = "published"
    ACTION = "action"


class Outcome(StrEnum):
    """What a rule comes to for a call, mildest first."""

    OPEN = "allowed"
    LIMITED = "limited"
    APPROVAL = "approval"
    DENIED = "denied"
    HIDDEN = "hidden"

    @property
    def rank(self) -> int:
        """0 for the mildest."""
        return _OUTCOME_RANK[self]

    @property
    def lets_calls_through(self) -> bool:
        """Whether some call goes through without a person."""
        return self in {Outcome.OPEN, Outcome.LIMITED}


_OUTCOME_RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `maximum` calls in each `window`."""

    maximum: int
    window: Literal["minute", "hour"]

    def __str__(self) -> str:
        return f"{self.maximum} {'an' if self.window == 'hour' else 'a'} {self.window}"


@dataclass(frozen=True, slots=True)
class Row:
    """What a profile does with a class.

    `message` is what an agent reads that is held back; `bounds` takes what the schema says of arguments into the rule,
    `asks_main_argument` has a person say which values the main argument may have, `asks_review` which private data may
    be read.
    """

    outcome: Outcome
    rate: Rate | None = None
    message: str | None = None
    bounds: bool = False
    asks_main_argument: bool = False
    asks_review: bool = False


#: The vendor's own words.
HUMAN_APPROVAL = "Requires human approval."
NO_DESTRUCTION = "Tools that delete for good are not open to agents."
UNREVIEWED = "Reads private data, which nobody has reviewed for agents yet."

_HIDDEN = Row(Outcome.HIDDEN, message=NO_DESTRUCTION)
_NEVER = Row(Outcome.DENIED, message=HUMAN_APPROVAL)
_TEN = Row(Outcome.LIMITED, Rate(10, "minute"))

ROWS: Mapping[Profile, Mapping[Category, Row]] = {
    Profile.TOOL_PAGE: {
        Category.READ: Row(Outcome.OPEN),
        Category.WRITE: Row(Outcome.LIMITED, Rate(30, "minute")),
        Category.EXECUTE: _TEN,
        Category.DESTRUCTIVE: _HIDDEN,
        Category.FINANCIAL: _NEVER,
    },
    Profile.SERVER_PAGE: {
        Category.READ: Row(Outcome.LIMITED, Rate(60, "minute")),
        Category.WRITE: Row(Outcome.LIMITED, Rate(30, "hour")),
        Category.EXECUTE: _TEN,
        Category.DESTRUCTIVE: Row(Outcome.DENIED, message=NO_DESTRUCTION),
        Category.FINANCIAL: _NEVER,
    },
    Profile.STRICT: {
        Category.READ: Row(Outcome.LIMITED, Rate(60, "minute"), asks_review=True),
        Category.WRITE: Row(Outcome.LIMITED, Rate(30, "hour"), bounds=True),
        Category.EXECUTE: Row(Outcome.APPROVAL, message=HUMAN_APPROVAL, asks_main_argument=True),
        Category.DESTRUCTIVE: _HIDDEN,
        Category.FINANCIAL: Row(Outcome.APPROVAL, message=HUMAN_APPROVAL),
    },
}


def row_of(category: Category, profile: Profile, approval: Approval) -> Row:
    """The row for a class; with `Approval.ACTION` what is denied for want of an approval asks for one."""
    row = ROWS[profile][category]
    if approval is Approval.ACTION and category is Category.FINANCIAL:
        return replace(row, outcome=Outcome.APPROVAL)
    return row
