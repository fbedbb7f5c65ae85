"""What formatting changes, as a unified diff that a patch program reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff

from policyctl.fmt.file import FormattedFile
from policyctl.report.escape import escape_terminal
from policyctl.report.fmt.result import FmtResult
from policyctl.report.style import Role, Style

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADER_LINES = 2
_ROLES: dict[str, Role] = {"+": "good", "-": "error", "@": "info"}


def render(result: FmtResult, style: Style, *, for_terminal: bool) -> str:
    """The changes of all files; a terminal gets every line escaped, a patch program the lines as they are."""
    return "".join(line for file in result.having("reformatted") for line in _lines(file, style, for_terminal))


def _lines(file: FormattedFile, style: Style, for_terminal: bool) -> Iterator[str]:
    # A name with a line break in it would end the header.
    name = escape_terminal(file.name)
    before, after = _LINE.findall(file.before), _LINE.findall(file.after)
    for number, line in enumerate(unified_diff(before, after, f"a/{name}", f"b/{name}")):
        content = line.removesuffix("\n")
        shown = escape_terminal(content) if for_terminal else content
        role: Role | None = "strong" if number < _HEADER_LINES else _ROLES.get(line[0])
        yield f"{style.paint(shown, role) if role else shown}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"
