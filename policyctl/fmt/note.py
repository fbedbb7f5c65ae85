"""What the formatter left as it was, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was not done; `pointer` is its place in the document as it was read."""

    pointer: str
    message: str
