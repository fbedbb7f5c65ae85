"""What one file holds: catalogs, lists of tools, or something else that is named as what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policyctl.catalog.sources.capture import listings_of, tells_of_calls
from policyctl.catalog.sources.listing import Entry, Listing, ServerName, listing_of
from policyctl.catalog.sources.shape import Kind, kind_of
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.catalog import Catalog
from policyctl.reading.catalog import read_catalog
from policyctl.reading.findings import Findings
from policyctl.source.below import below
from policyctl.source.decode import decode, decode_leniently
from policyctl.source.document import Document
from policyctl.source.fault import Fault
from policyctl.source.jsonl import is_lines, read_lines
from policyctl.source.read import digest_of, read_document

#: What to do about a file of another kind.
_HELP = {
    Kind.POLICY: "`policyctl validate` reads policies; tools come from a result of `tools/list`, a capture or a catalog",
    Kind.CALL: "`policyctl simulate` replays recorded calls; what tools there are says a result of `tools/list`",
    Kind.CLIENT: "save what each server answers to `tools/list`, and import that",
    Kind.OTHER: "a list of tools is a result of `tools/list`, a capture that has one, an array or JSON lines of tools, "
    "or a catalog (`policyctl schema catalog`)",
}


@dataclass(frozen=True, slots=True)
class Contents:
    """One file: catalogs that are finished, listings that may be pages of one, and what is wrong.

    `holds_calls` says whether the text may hold arguments of calls, which no report repeats; None if that is not known.
    `is_foreign` says that the file lists no tools, on purpose.
    """

    text: str
    catalogs: tuple[tuple[Catalog, Document], ...] = ()
    listings: tuple[Listing, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    holds_calls: bool | None = None
    is_foreign: bool = False


def contents_of(name: str, raw: bytes) -> Contents:
    """Take one file's bytes apart."""
    text = decode(raw)
    if not isinstance(text, Fault) and not name.lower().endswith((".yaml", ".yml")) and is_lines(text):
        reading = read_lines(name, text, digest_of(raw))
        values = [(value, f"/{index}") for index, value in enumerate(reading.document.data)]
        return _of_values(values, reading.document, reading.broken)
    document = read_document(name, raw)
    if not isinstance(document, Document):
        return Contents(decode_leniently(raw), diagnostics=document)
    if type(document.data) is list:
        return _of_values([(value, f"/{index}") for index, value in enumerate(document.data)], document, ())
    return _of_values([(document.data, "")], document, ())


def _of_values(values: list[tuple[Any, str]], document: Document, broken: tuple[Diagnostic, ...]) -> Contents:
    parts = tuple(_flattened(values))
    kinds = [kind_of(value) for value, _ in parts]
    if Kind.MESSAGE in kinds:
        messages = [part for part, kind in zip(parts, kinds, strict=True) if kind is Kind.MESSAGE]
        return _of_capture(messages, document, broken)
    if Kind.TOOL in kinds or not kinds:
        # An array without a tool lists none, which is something else than no list.
        return _of_tools(parts, document, broken)
    if Kind.CATALOG in kinds or Kind.LISTING in kinds:
        return _of_documents(parts, document, broken)
    return _foreign(parts, kinds, document)


def _flattened(values: list[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
    """A list within the list is a batch of messages, or a page of tools on one line."""
    for value, pointer in values:
        if type(value) is list:
            yield from ((inner, f"{pointer}/{index}") for index, inner in enumerate(value))
        else:
            yield value, pointer


def _of_capture(messages: list[tuple[Any, str]], document: Document, broken: tuple[Diagnostic, ...]) -> Contents:
    listings = tuple(listings_of(messages, document))
    findings = Findings(document)
    if not listings:
        message = "the capture has no answer to `tools/list`"
        help_ = "record from the start of a connection, where clients ask what tools there are"
        findings.note(Severity.ERROR, "LST02", "", message, help=help_)
    if broken:
        others = f" and {len(broken) - 1:,} more" if len(broken) > 1 else ""
        message = f"this line{others} is no JSON, so that a list of tools in it is missed"
        findings.note(Severity.WARNING, "LST17", broken[0].pointer or "", message, help="write one message a line")
    return Contents(
        document.text,
        (),
        listings,
        findings.diagnostics(),
        holds_calls=bool(broken) or any(tells_of_calls(message) for message, _ in messages),
        is_foreign=not listings,
    )


def _of_tools(parts: tuple[tuple[Any, str], ...], document: Document, broken: tuple[Diagnostic, ...]) -> Contents:
    """One listing a server, in the order in which the servers come up."""
    entries: dict[str | None, list[Entry]] = {} if parts else {None: []}
    findings = Findings(document)
    for value, pointer in parts:
        if type(value) is dict and kind_of(value) is not Kind.TOOL and type(value.get("name")) is not str:
            findings.note(Severity.ERROR, "LST01", pointer, "this is no tool, and others here are", help=_TOOL_HELP)
            continue
        server = value.get("server") if type(value) is dict else None
        if server is not None and type(server) is not str:
            findings.note(
                Severity.ERROR, "SCH21", f"{pointer}/server", "a tool's `server` must be a text", help=_TOOL_HELP
            )
            continue
        if value is not None or not broken:
            tool = {key: field for key, field in value.items() if key != "server"} if server is not None else value
            entries.setdefault(server or None, []).append(Entry(tool, pointer))
    listings = tuple(
        Listing(document, of_server[0].pointer if of_server else "", ServerName(server), tuple(of_server))
        for server, of_server in entries.items()
    )
    return Contents(
        document.text,
        (),
        listings,
        (*broken, *findings.diagnostics()),
        holds_calls=None if findings or broken else False,
    )


_TOOL_HELP = "a tool has a `name`, usually an `inputSchema`, and in JSON lines the name of its `server`"


def _of_documents(parts: tuple[tuple[Any, str], ...], document: Document, broken: tuple[Diagnostic, ...]) -> Contents:
    """Catalogs and bare results of `tools/list`, one a line."""
    catalogs: list[tuple[Catalog, Document]] = []
    listings: list[Listing] = []
    found = list(broken)
    for value, pointer in parts:
        match kind_of(value):
            case Kind.CATALOG:
                part = document if pointer == "" else below(document, value, pointer)
                reading = read_catalog(part)
                found += reading.diagnostics
                catalogs += [(reading.catalog, part)] if reading.catalog else []
            case Kind.LISTING:
                listing = listing_of(value, pointer, document, ServerName())
                findings = Findings(document)
                if listing is None:
                    help_ = 'write it in brackets: "tools": [...]'
                    findings.note(Severity.ERROR, "SCH21", f"{pointer}/tools", "`tools` must be a list", help=help_)
                found += findings.diagnostics()
                listings += [listing] if listing else []
            case kind if value is not None:
                found += _foreign(((value, pointer),), [kind], document).diagnostics
            case _:
                pass
    is_whole = len(catalogs) + len(listings) == len(parts)
    return Contents(
        document.text, tuple(catalogs), tuple(listings), tuple(found), holds_calls=False if is_whole else None
    )


def _foreign(parts: tuple[tuple[Any, str], ...], kinds: list[Kind], document: Document) -> Contents:
    """The one error says what the file is, by what most of it is."""
    kind = Counter(kinds).most_common(1)[0][0]
    pointer = next(pointer for (_, pointer), each in zip(parts, kinds, strict=True) if each is kind)
    findings = Findings(document)
    what = "these are recorded tool calls" if kind is Kind.CALL and len(parts) > 1 else f"this is {kind.value}"
    message = what if kind is Kind.OTHER else f"{what}, not a list of tools"
    findings.note(Severity.ERROR, "LST01", pointer, message, help=_HELP[kind])
    holds_calls = {Kind.CALL: True, Kind.POLICY: False}.get(kind)
    return Contents(document.text, diagnostics=findings.diagnostics(), holds_calls=holds_calls, is_foreign=True)
