"""What is left of the arguments of a call; apart from calls, which are slow to import."""

from __future__ import annotations

from enum import StrEnum


class ArgsState(StrEnum):
    """How much of the arguments a record holds (language §5)."""

    FULL = "full"
    ABSENT = "absent"
    KEYS_ONLY = "keys_only"
    HASHED = "hashed"
    UNPARSEABLE = "unparseable"
