"""Colour for a terminal, without a library: most runs print a few lines and must start fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from policyctl.diagnostic import Severity

Role: TypeAlias = Literal["error", "warning", "info", "gutter", "strong", "good", "quiet"]

_CODES: dict[Role, str] = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "gutter": "34",
    "strong": "1",
    "good": "32",
    "quiet": "2",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints words by what they are; without colour every word stays as it is."""

    color: bool

    def paint(self, words: str, role: Role) -> str:
        """The words in the colour of their role. They must be escaped already."""
        return f"\x1b[{_CODES[role]}m{words}\x1b[0m" if self.color and words else words


def severity_role(severity: Severity) -> Role:
    """How a severity is painted."""
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.INFO:
            return "info"
        case _:
            assert_never(severity)
