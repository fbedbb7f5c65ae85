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


def omission(tool: str, path: tuple[str, ...]) -> Slip:
    """Calls that leave the argument at a path out."""
    return Slip(tool, lambda args: value_at(args, path) is None)


def value_at(args: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """What a call has at a path; None where it has nothing."""
    value: Any = args
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
