"""Text from files made safe to show on a terminal."""

from __future__ import annotations

#: Characters that count as printable and yet show nothing: fillers and joiners that hide in a name.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def escape_terminal(text: str) -> str:
    r"""The text with everything that a terminal would obey, reorder or not show as `\u…`; line breaks and tabs too."""
    if text.isprintable() and _INVISIBLE.isdisjoint(text):
        return text
    return "".join(map(escape_character, text))


def escape_character(character: str) -> str:
    """One character as it may be shown."""
    if character.isprintable() and character not in _INVISIBLE:
        return character
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
