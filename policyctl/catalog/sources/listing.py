"""One list of tools as it stands in a file, before its tools are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policyctl.source.document import Document


@dataclass(frozen=True, slots=True)
class ServerName:
    """What a file says about whose tools these are; None for what it does not say."""

    id: str | None = None
    name: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A tool as data, and where it stands."""

    value: Any
    pointer: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of tools, or all there are.

    `has_more` says that the server announced another page, `renews` that the server was asked anew, so that what it said
    before in the same file no longer counts. `pointer` is the place of the list.
    """

    document: Document
    pointer: str
    server: ServerName
    entries: tuple[Entry, ...]
    has_more: bool = False
    renews: bool = False


def listing_of(
    result: dict[str, Any], pointer: str, document: Document, server: ServerName, *, renews: bool = False
) -> Listing | None:
    """The page in a result of `tools/list`; None if `tools` is no list."""
    tools = result.get("tools")
    if type(tools) is not list:
        return None
    place = f"{pointer}/tools"
    entries = tuple(Entry(tool, f"{place}/{index}") for index, tool in enumerate(tools))
    # Both generations of the protocol end a list by leaving the cursor out; some servers write null or "".
    return Listing(document, place, server, entries, has_more=bool(result.get("nextCursor")), renews=renews)
