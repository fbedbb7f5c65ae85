"""What `policyctl init` did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What became of a file; in a dry run, what would."""

    CREATED = "created"
    KEPT = "kept"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class InitFile:
    """One file by its shown name; `remark` says what is in it, or why it was not written, and may be empty.

    `content` is the text that a dry run would write.
    """

    name: str
    status: Status
    remark: str
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """A command that can be typed as it stands, and what it is for."""

    command: str
    purpose: str


@dataclass(frozen=True, slots=True)
class InitResult:
    """The files in the order in which they were written; `hooks` is an entry that the user has to add, if any.

    `next` is empty after trouble, which comes first.
    """

    files: tuple[InitFile, ...]
    hooks: str | None
    next: tuple[Next, ...]
    is_dry: bool

    @property
    def has_failed(self) -> bool:
        """Whether a file that should be there could not be written."""
        return any(file.status is Status.FAILED for file in self.files)
