"""What changes in a text, as a unified diff that a patch program reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff

from policyctl.report.escape import escape_terminal
from policyctl.report.style import Role, Style

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADER_LINES = 2
_ROLES: dict[str, Role] = {"+": "good", "-": "error", "@": "info"}


def patch(name: str, before: str, after: str, style: Style, *, for_terminal: bool) -> str:
    """The change of one file; a terminal gets every line escaped, a patch program the lines as they are."""
    return "".join(_lines(name, before, after, style, for_terminal))


def _lines(name: str, before: str, after: str, style: Style, for_terminal: bool) -> Iterator[str]:
    # A name with a line break in it would end the header.
    shown_name = escape_terminal(name)
    old, new = _LINE.findall(before), _LINE.findall(after)
    for number, line in enumerate(unified_diff(old, new, f"a/{shown_name}", f"b/{shown_name}")):
        content = line.removesuffix("\n")
        shown = escape_terminal(content) if for_terminal else content
        role: Role | None = "strong" if number < _HEADER_LINES else _ROLES.get(line[0])
        yield f"{style.paint(shown, role) if role else shown}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"
