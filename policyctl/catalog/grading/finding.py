"""One consequence of a change."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from policyctl.catalog.drift import Change
from policyctl.diagnostic import Severity


class Side(Enum):
    """The document in which a consequence is to be seen."""

    OLD = auto()
    NEW = auto()
    POLICY = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """`pointer` is in the document of `side`, of its key if `key` says so; the rest is as in a diagnostic."""

    code: str
    severity: Severity
    message: str
    help: str
    change: Change
    side: Side
    pointer: str
    key: bool = False
