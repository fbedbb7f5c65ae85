"""How many diagnostics there are of each severity, in words."""

from __future__ import annotations

from collections.abc import Callable

from policyctl.diagnostic import Severity
from policyctl.report.style import Style, severity_role


def verdict(count: Callable[[Severity], int], style: Style) -> str:
    """`2 errors · 1 warning`, or that there are no problems."""
    found = [(count(severity), severity) for severity in Severity]
    if not any(number for number, _ in found):
        return style.paint("no problems", "good")
    return " · ".join(
        style.paint(several(number, severity.value), severity_role(severity)) for number, severity in found if number
    )


def several(number: int, thing: str) -> str:
    """`1 tool`, `2 tools`; nobody says infos."""
    return f"{number:,} {thing}" if number == 1 or thing == "info" else f"{number:,} {thing}s"


def checked(policies: int, tools: int) -> str:
    """The last line of a report on policies."""
    return f"checked {policies:,} {'policy' if policies == 1 else 'policies'} · {several(tools, 'tool')}"
