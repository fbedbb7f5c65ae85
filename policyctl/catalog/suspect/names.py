"""Names of tools that look like others, or like nothing that a name should be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from policyctl.catalog.suspect.finding import Suspicion
from policyctl.catalog.suspect.hidden import hidden_in, named
from policyctl.diagnostic import Severity
from policyctl.model.catalog import Tool
from policyctl.source.fault import quote

_PROTOCOL = re.compile(r"[A-Za-z0-9_.-]{1,128}\Z")
#: Letters of other scripts that are drawn like Latin ones, and the few of ASCII that are drawn alike.
_ALIKE = str.maketrans(
    {
        **dict(zip("авекмнорстухѕіјԁԛԝһӏᴄᴏᴠᴡᴢ", "abekmhopctyxsijdqwhlcovwz", strict=True)),
        **dict(zip("АВЕКМНОРСТУХЅІЈ", "ABEKMHOPCTYXSIJ", strict=True)),
        **dict(zip("αγεικνορτυχ", "aygiknoptux", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
        **dict(zip("օսհոցքաіյ", "ouhngpwij", strict=True)),
        "ı": "i",
        "ɡ": "g",
        "ɑ": "a",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "․": ".",
        "＿": "_",
        "0": "O",
        "1": "l",
        "I": "l",
    }
)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def of_names(tools: Iterable[Tool]) -> Iterator[tuple[Tool, Suspicion]]:
    """What is odd about the names of one server's tools, each beside its tool."""
    first: dict[str, Tool] = {}
    for tool in tools:
        pointer = f"{tool.pointer}/name"
        yield from ((tool, odd) for odd in _of_name(tool.name, pointer))
        twin = first.setdefault(_drawn(tool.name), tool)
        if twin is not tool:
            message = f"{quote(tool.name)} looks like {quote(twin.name)}, another tool of the server"
            told = _points(message, tool.name, twin.name)
            yield tool, Suspicion("LST11", Severity.WARNING, pointer, told, _TWIN_HELP)


_TWIN_HELP = "a rule for one does not hold for the other; copy names, do not type them"


def _of_name(name: str, pointer: str) -> Iterator[Suspicion]:
    hidden = hidden_in(name) or tuple(character for character in name if character in "\t\n\r")
    if hidden:
        message = f"the name {quote(name)} holds {named(hidden)}"
        yield Suspicion("LST12", Severity.WARNING, pointer, message, "a rule for the name as it is seen never applies")
        return
    scripts = [script for script in _SCRIPTS if any(script in _script(character) for character in name)]
    if len(scripts) > 1:
        message = f"the name {quote(name)} mixes {' and '.join(script.title() for script in scripts)} letters"
        yield Suspicion("LST11", Severity.WARNING, pointer, _points(message, name), _TWIN_HELP)
    elif not _PROTOCOL.match(name):
        message = f"the name {quote(name)} is none that the protocol advises"
        yield Suspicion(
            "LST10", Severity.INFO, pointer, message, "clients may rename it: letters, digits, `_`, `.`, `-`"
        )


def alike(text: str) -> tuple[str, ...]:
    """Letters of other scripts in words that are Latin but for them, each drawn like a Latin one."""
    return () if text.isascii() else tuple(letter for word in re.findall(r"\w+", text) for letter in _alike(word))


def _alike(word: str) -> tuple[str, ...]:
    letters = [(letter, _script(letter) == "LATIN") for letter in word if letter.isalpha()]
    foreign = tuple(letter for letter, is_latin in letters if not is_latin)
    is_latin_otherwise = len(foreign) < len(letters)
    return foreign if is_latin_otherwise and all(ord(letter) in _ALIKE for letter in foreign) else ()


def _script(character: str) -> str:
    return "" if character.isascii() and not character.isalpha() else unicodedata.name(character, "").partition(" ")[0]


def _drawn(name: str) -> str:
    """Equal for names that one can take for each other on a screen."""
    visible = "".join(character for character in unicodedata.normalize("NFKC", name) if character.isprintable())
    return visible.translate(_ALIKE)


def _points(message: str, *names: str) -> str:
    """The message with the characters that are not ASCII spelt out, since they look like those that are."""
    odd = dict.fromkeys(character for name in names for character in name if not character.isascii())
    if not odd:
        return message
    return f"{message} ({', '.join(f'U+{ord(character):04X}' for character in list(odd)[:5])})"
