"""Characters that a text holds and nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

#: Parts of an emoji that is more than one character; the joiners are letters of their own in Persian, Hindi and others.
_JOINERS, _STYLES = "\u200c\u200d", "\ufe0e\ufe0f"
_TAGS = range(0xE0000, 0xE0080)
#: Characters that show nothing and are no format characters to Unicode: fillers, and selectors of variants.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SELECTORS = (range(0xFE00, 0xFE0E), range(0xE0100, 0xE01F0))
_PLAIN = re.compile(r"[\t\n\r -~]*\Z")
_MOST_NAMED = 3


def hidden_in(text: str) -> tuple[str, ...]:
    """Each hidden character in the order of the text; those that an emoji is made of do not count."""
    if _PLAIN.match(text):
        return ()
    return tuple(_hidden(text))


def _hidden(text: str) -> Iterator[str]:
    for index, character in enumerate(text):
        if character in _JOINERS + _STYLES:
            if not (index and _joins(text[index - 1])):
                yield character
        elif _is_hidden(character):
            yield character


def _joins(before: str) -> bool:
    # Keycaps are digits with a style.
    return unicodedata.category(before) in {"So", "Sk", "Sm", "Lo", "Mn", "Mc"} or before in "0123456789#*\ufe0f"


def _is_hidden(character: str) -> bool:
    if character in "\t\n\r":
        return False
    code = ord(character)
    return (
        unicodedata.category(character) in {"Cf", "Cc", "Zl", "Zp"}
        or character in _FILLERS
        or any(code in selectors for selectors in _SELECTORS)
    )


def named(characters: tuple[str, ...]) -> str:
    """`U+200B zero width space (2 times) and U+202E right-to-left override`, the first few."""
    counts = Counter(characters)
    names = [_name(character, number) for character, number in list(counts.items())[:_MOST_NAMED]]
    if len(counts) > _MOST_NAMED:
        names.append(f"{len(counts) - _MOST_NAMED:,} more kinds")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _name(character: str, number: int) -> str:
    name = unicodedata.name(character, "a control character").lower()
    times = f" ({number:,} times)" if number > 1 else ""
    return f"U+{ord(character):04X} {name}{times}"


def spelt(characters: tuple[str, ...]) -> str:
    """What tag characters spell: each stands for one of ASCII."""
    letters = (chr(ord(character) - _TAGS.start) for character in characters if ord(character) in _TAGS)
    return "".join(letter for letter in letters if letter.isprintable())
