"""What `policyctl config` found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policyctl.workspace.effective import Setting


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that stands in for a flag of a command."""

    name: str
    command: str
    flag: str
    value: str


@dataclass(frozen=True, slots=True)
class ConfigResult:
    """All settings, and the variables that outrank them."""

    file: Path | None
    settings: tuple[Setting, ...]
    variables: tuple[Variable, ...]
