"""The list of tools as it stands in the markup, readable without the script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from policyctl.catalog.select import Entry
from policyctl.model.catalog import Tag
from policyctl.report.catalog.show.page import description
from policyctl.report.catalog.show.result import ToolPage
from policyctl.report.catalog.show.words import UNCLASSIFIED
from policyctl.report.escape import escape_terminal
from policyctl.report.page.measure import shorten
from policyctl.report.recommend.words import rule_words
from policyctl.report.web.words import breakable

#: A list is read by its first words.
_LONGEST_SAID, _LONGEST_NAME = 160, 120


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of the list; between the parts of the name a line may break. No text hides anything from a reader."""

    link: str
    name: tuple[str, ...]
    server: str
    category: str
    risk: str
    tags: tuple[str, ...]
    said: str
    rule: str
    is_unsure: bool


def rows(pages: Sequence[ToolPage]) -> Iterator[RowView]:
    """A row for each page, in their order."""
    has_servers = len({page.entry.catalog.server_id for page in pages}) > 1
    for page in pages:
        tool = page.entry.tool
        yield RowView(
            link=link(page.entry, has_servers=has_servers),
            name=breakable(shorten(escape_terminal(tool.name), _LONGEST_NAME)),
            server=escape_terminal(page.entry.catalog.server_id) if has_servers else "",
            category=tool.category or UNCLASSIFIED,
            risk=tool.risk or "–",
            tags=tuple(tag.value for tag in Tag if tag in tool.tags),
            said=first_sentence(page),
            rule=rule_words(page.recommended[0]),
            is_unsure=tool.confidence == "low",
        )


def link(entry: Entry, *, has_servers: bool) -> str:
    """What stands behind `#` in the address of a tool's page; of one server the tool's name is enough."""
    # A name may hold half a character, which no encoding has.
    name = quote(entry.tool.name, safe="", errors="surrogatepass")
    if not has_servers:
        return f"tool={name}"
    return f"tool={name}&server={quote(entry.catalog.server_id, safe='', errors='surrogatepass')}"


def first_sentence(page: ToolPage) -> str:
    """How the server's words begin."""
    said = description(page.entry.tool) or "The server says nothing about it."
    sentence = re.split(r"(?<=[.!?。])\s", said, maxsplit=1)[0]
    return escape_terminal(sentence if len(sentence) <= _LONGEST_SAID else f"{sentence[:_LONGEST_SAID].rstrip()} …")
