"""Listings to catalogs: pages are put together, each tool of a server stands once, in the order of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policyctl.catalog.sources.listing import Listing, ServerName
from policyctl.catalog.sources.tool import read_tool
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.catalog import Catalog, Tool
from policyctl.reading.findings import Findings
from policyctl.source.document import Document
from policyctl.source.fault import quote
from policyctl.source.nearest import nearest_span


@dataclass(frozen=True, slots=True)
class Joined:
    """The catalog of one server, the document in which each tool stands, and what there is to say about them."""

    catalog: Catalog
    documents: Mapping[str, Document]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Listed:
    tool: Tool
    listing: Listing


def join(server: ServerName, listings: Sequence[Listing], digest: str) -> Joined:
    """The catalog of the server whose listings these are, in the order in which they were read."""
    current, outdated = _current(listings)
    found = list[Diagnostic]()
    pages = [(listing, list(_read(listing, found))) for listing in current]
    tools = _each_once(pages, found)
    found += _note_change(outdated, tools)
    found += _note_break(current)
    ordered = {name: tools[name].tool for name in sorted(tools)}
    return Joined(
        Catalog(
            version="1",
            server_id=server.id or "",
            server_name=server.name or server.id or "",
            server_version=server.version,
            tools=ordered,
            name=listings[0].document.name,
            digest=digest,
        ),
        {name: tools[name].listing.document for name in ordered},
        tuple(found),
    )


def _current(listings: Sequence[Listing]) -> tuple[list[Listing], list[Listing]]:
    """What counts, and what the server said earlier in the same capture before it was asked anew."""
    start: dict[str, int] = {}
    for index, listing in enumerate(listings):
        if listing.renews:
            start[listing.document.name] = index
    outdated = [listing for index, listing in enumerate(listings) if index < start.get(listing.document.name, 0)]
    return [listing for listing in listings if listing not in outdated], outdated


def _read(listing: Listing, found: list[Diagnostic]) -> Iterator[_Listed]:
    findings = Findings(listing.document)
    tools = [read_tool(entry.value, entry.pointer, findings) for entry in listing.entries]
    found += findings.diagnostics()
    yield from (_Listed(tool, listing) for tool in tools if tool is not None)


def _each_once(pages: Iterable[tuple[Listing, list[_Listed]]], found: list[Diagnostic]) -> dict[str, _Listed]:
    tools: dict[str, _Listed] = {}
    for listing, page in pages:
        repeated: list[_Listed] = []
        for listed in page:
            first = tools.setdefault(listed.tool.name, listed)
            if first is listed:
                continue
            if first.listing is not listing and _same(first.tool, listed.tool):
                repeated.append(listed)
            else:
                found.append(_second(listed, first))
        if repeated:
            found.append(_again(repeated))
    return tools


def _same(one: Tool, other: Tool) -> bool:
    return replace(one, pointer="") == replace(other, pointer="")


def _second(second: _Listed, first: _Listed) -> Diagnostic:
    message = f"the tool {quote(second.tool.name)} is already listed {_whereabouts(first, second.listing)}"
    help_ = "a server's names are unique: keep one of the two, or say with `server` whose each is"
    return _diagnostic(Severity.ERROR, "LST03", second, message, help_)


def _again(repeated: Sequence[_Listed]) -> Diagnostic:
    others = f" and {len(repeated) - 1:,} more" if len(repeated) > 1 else ""
    verb = "are" if others else "is"
    message = f"{quote(repeated[0].tool.name)}{others} {verb} listed on an earlier page too, in the same words"
    return _diagnostic(Severity.INFO, "LST04", repeated[0], message, "each is taken once")


def _whereabouts(listed: _Listed, seen_from: Listing) -> str:
    line = nearest_span(listed.listing.document, listed.tool.pointer).start.line
    name = listed.listing.document.name
    return f"on line {line}" if name == seen_from.document.name else f"in `{name}` on line {line}"


def _diagnostic(severity: Severity, code: str, listed: _Listed, message: str, help_: str) -> Diagnostic:
    pointer = f"{listed.tool.pointer}/name"
    document = listed.listing.document
    return Diagnostic(code, severity, message, document.name, nearest_span(document, pointer), pointer, help_)


def _note_change(outdated: Sequence[Listing], tools: dict[str, _Listed]) -> Iterator[Diagnostic]:
    """A server that lists other tools later in one capture than at its start."""
    ignored: list[Diagnostic] = []
    before = {listed.tool.name: listed for listing in outdated for listed in _read(listing, ignored)}
    if not before:
        return
    changed = [name for name in sorted(before.keys() | tools.keys()) if not _unchanged(name, before, tools)]
    if changed:
        there = tools.get(changed[0]) or before[changed[0]]
        others = f" and {len(changed) - 1:,} more" if len(changed) > 1 else ""
        message = f"the server lists {quote(changed[0])}{others} otherwise than earlier in this capture"
        yield _diagnostic(Severity.WARNING, "LST07", there, message, "the last list counts; compare the two")


def _unchanged(name: str, before: dict[str, _Listed], after: dict[str, _Listed]) -> bool:
    return name in before and name in after and _same(before[name].tool, after[name].tool)


def _note_break(listings: Sequence[Listing]) -> Iterator[Diagnostic]:
    if listings and listings[-1].has_more:
        last = listings[-1]
        span = nearest_span(last.document, last.pointer, key=True)
        message = "the list goes on: its `nextCursor` leads to a page that is not here"
        help_ = "ask for every page, and name all of them or their directory"
        yield Diagnostic("LST06", Severity.WARNING, message, last.document.name, span, last.pointer, help_)
