"""Text from files made safe to show on a terminal, in the log of a pipeline and in Markdown."""

from __future__ import annotations

import re

#: Characters that count as printable and yet show nothing: fillers and joiners that hide in a name.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def escape_terminal(text: str) -> str:
    r"""The text with everything that a terminal would obey, reorder or not show as `\u…`; line breaks and tabs too."""
    if is_shown(text):
        return text
    return "".join(map(escape_character, text))


def is_shown(text: str) -> bool:
    """Whether every character of the text shows itself, and does nothing else."""
    return text.isprintable() and _INVISIBLE.isdisjoint(text)


def escape_character(character: str) -> str:
    """One character as it may be shown."""
    if is_shown(character):
        return character
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


#: A runner obeys a line that starts with `::`, and `##[` anywhere in it.
_COMMANDS = re.compile(r"^((?:\x1b\[[0-9;]*m|[^\S\n])*):(?=:)|#(?=#\[)", re.MULTILINE)


def disarm_commands(report: str) -> str:
    """A finished text with nothing in it that a workflow runner would take for a command."""
    return _COMMANDS.sub(lambda match: r"\u0023" if match[1] is None else match[1] + r"\u003a", report)


#: Markup, entities, formulas, the edges of columns; links that come without brackets, emoji by name, mentions.
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~&@$]|(?<=www)\.|:(?=//|[\w+-]*[a-z][\w+-]*:)", re.IGNORECASE)


def escape_markdown(text: str) -> str:
    """The text on one line, where nothing is markup, a link, a mention or a column's edge."""
    return _MARKDOWN.sub(_as_entity, escape_terminal(text))


def _as_entity(match: re.Match[str]) -> str:
    # An entity alone still mentions a person or an issue: those are looked for after rendering.
    return f"&#{ord(match[0])};" + ("<!-- -->" if match[0] in "@#" else "")


def code_span(text: str) -> str:
    """The text on one line as code; it may stand in a table."""
    shown = escape_terminal(text)
    if shown.strip(" ") == shown != "" and "`" not in shown and "|" not in shown:
        return f"`{shown}`"
    # No fence copes with every backtick, and none with a pipe within a table.
    return f"<code>{_MARKDOWN.sub(lambda match: f'&#{ord(match[0])};', shown)}</code>"
