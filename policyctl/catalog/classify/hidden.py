"""Texts of a tool that are meant for a model and not for people: each makes the class doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from policyctl.catalog.classify.signals.instructions import STEERING
from policyctl.catalog.suspect.hidden import hidden_in, named
from policyctl.catalog.suspect.names import of_names
from policyctl.catalog.suspect.wording import comment, instructions
from policyctl.model.catalog import Evidence, Tool

#: Of a description that is longer, the rest is not read for attempts to steer the class.
_READ = 20_000
#: Names that look like others, and names with characters that nobody sees.
_OF_NAMES = frozenset({"LST11", "LST12"})


def findings(tool: Tool) -> tuple[Evidence, ...]:
    """What is odd about the tool's name, title and description, whatever its class."""
    return tuple(dict.fromkeys(_findings(tool)))


def _findings(tool: Tool) -> Iterator[Evidence]:
    if not (tool.name.isascii() and tool.name.isprintable()):
        odd_names = (odd.message for _, odd in of_names([tool]) if odd.code in _OF_NAMES)
        yield from (Evidence("hidden text", "name", message) for message in odd_names)
    for where, text in (("title", tool.title), ("description", tool.description)):
        if text:
            yield from _in_text(where, text)


def _in_text(where: str, text: str) -> Iterator[Evidence]:
    if hidden := hidden_in(text):
        yield Evidence("hidden text", where, f"holds {named(hidden)}")
    if comment(text) is not None:
        yield Evidence("hidden text", where, "holds an HTML comment")
    yield from (Evidence("instructions", where, says) for says, _ in instructions(text))
    lowered = text[:_READ].lower()
    yield from (Evidence("instructions", where, says) for pattern, says in _steering() if pattern.search(lowered))


@cache
def _steering() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), says) for pattern, says in STEERING)
