"""Texts of a catalog in a policy file, with nothing in them that an editor would not show."""

from __future__ import annotations

import json
import re

from policyctl.report.escape import escape_terminal, is_shown

#: What a reader of comments takes for an instruction to policyctl.
_PRAGMA = re.compile(r"policyctl(\s*):", re.IGNORECASE)
_LONGEST_COMMENT = 160


def visible(text: str, *, beyond: str) -> str:
    r"""JSON or YAML text on one line, in which every character that shows nothing is written as an escape.

    They stand within quotes, as all characters beyond ASCII do. `beyond` is how the language writes a character of more
    than 16 bits: `\U0001f600`, or in JSON as two halves.
    """
    if is_shown(text):
        return text
    return "".join(char if is_shown(char) else _escaped(char, beyond=beyond) for char in text)


def _escaped(char: str, *, beyond: str) -> str:
    return f"\\U{ord(char):08x}" if beyond == "yaml" and ord(char) > 0xFFFF else json.dumps(char)[1:-1]


def comment(text: str) -> str:
    """Words of a catalog as a line of comment: visible, not endless, and no instruction to anybody."""
    shown = escape_terminal(text[: _LONGEST_COMMENT + 1])
    cut = f"{shown[:_LONGEST_COMMENT]}…" if len(shown) > _LONGEST_COMMENT else shown
    return _PRAGMA.sub(r"policyctl\1 ", f"# {cut}").rstrip()
