"""How to tell the calls that a mistake lets through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Slip:
    """Calls of a tool that are allowed although they should not be: those whose arguments pass the test."""

    tool: str
    test: Callable[[Mapping[str, Any]], bool]
