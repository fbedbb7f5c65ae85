"""Text of a tool that is meant for a model and not for people: characters that nobody sees, and instructions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from policyctl.catalog.classify.signals.instructions import INSTRUCTIONS
from policyctl.model.catalog import Evidence, Tool

#: Of a description that is longer, the rest is not read for instructions; hidden characters are looked for in all of it.
_READ = 20_000
_HARMLESS = frozenset("\n\r\t\u00ad\ufeff")
#: A joiner within an emoji, and selectors of how one looks, are part of what people see.
_OF_EMOJI = frozenset("\u200d\ufe0f\ufe0e")
_HIDING = frozenset({"Cf", "Cc", "Co", "Cn", "Cs"})
SIGNALS = frozenset({"hidden text", "instructions"})


def findings(tool: Tool) -> tuple[Evidence, ...]:
    """What is wrong with the tool's texts, whatever its class; each is worth a person's look."""
    return tuple(_findings(tool))


def _findings(tool: Tool) -> Iterator[Evidence]:
    for where, text in (("name", tool.name), ("title", tool.title or ""), ("description", tool.description or "")):
        if not text.isascii():
            yield from _hidden(where, text)
        elif not text.isprintable() and (
            control := next((c for c in text if c not in _HARMLESS and not c.isprintable()), None)
        ):
            yield Evidence("hidden text", where, f"has the control character U+{ord(control):04X}")
    for where, text in (("title", tool.title or ""), ("description", tool.description or "")):
        yield from (
            Evidence("instructions", where, says) for says in dict.fromkeys(_instructions(text[:_READ].lower()))
        )


def _hidden(where: str, text: str) -> Iterator[Evidence]:
    hidden = [c for c in text if unicodedata.category(c) in _HIDING and c not in _HARMLESS and c not in _OF_EMOJI]
    if hidden:
        yield Evidence(
            "hidden text", where, f"has {_several(len(hidden))} that nobody sees, the first is U+{ord(hidden[0]):04X}"
        )
    if where == "name" and _mixes_alphabets(text):
        yield Evidence("hidden text", where, "mixes alphabets whose letters look alike")


def _several(number: int) -> str:
    return "a character" if number == 1 else f"{number:,} characters"


def _mixes_alphabets(text: str) -> bool:
    scripts = {unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1


def _instructions(text: str) -> Iterator[str]:
    any_of_them, each = _patterns()
    if any_of_them.search(text):
        yield from (says for pattern, says in each if pattern.search(text))


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], str], ...]]:
    together = re.compile("|".join(pattern for pattern, _ in INSTRUCTIONS))
    return together, tuple((re.compile(pattern), says) for pattern, says in INSTRUCTIONS)
