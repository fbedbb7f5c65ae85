"""Files that list tools to catalogs, one a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policyctl.catalog.sources.claims import claims
from policyctl.catalog.sources.file import Contents, contents_of
from policyctl.catalog.sources.join import join
from policyctl.catalog.sources.listing import Listing, ServerName
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.catalog import Catalog
from policyctl.source.document import Document
from policyctl.source.fault import quote
from policyctl.source.nearest import nearest_span
from policyctl.source.read import digest_of

#: What a server is called whose list comes from a pipe and does not name it.
_UNNAMED = "stdin"
_COMPRESSED = (".gz", ".zst")


@dataclass(frozen=True, slots=True)
class CatalogsReading:
    """What one file says; `catalogs` is empty if an error is among the diagnostics. `text` is for their excerpts."""

    catalogs: tuple[Catalog, ...]
    diagnostics: tuple[Diagnostic, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file; `folder` is the directory that was named in its place, None if the file itself was."""

    name: str
    raw: bytes
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class SourcesReading:
    """What several files say together.

    `texts` are for excerpts, `digests` those of the files; texts in `captures` may hold arguments of calls, those in
    `known` surely do not. `unnamed` are the servers whose lists do not say whose they are. `documents` are by server and
    tool.
    """

    catalogs: tuple[Catalog, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    digests: Mapping[str, str]
    captures: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()
    documents: Mapping[str, Mapping[str, Document]] = field(default_factory=dict)


def read_catalogs(name: str, raw: bytes) -> CatalogsReading:
    """The catalogs in a file's bytes: a catalog document, or tools as their servers list them."""
    reading = read_sources([SourceFile(name, raw)])
    return CatalogsReading(reading.catalogs, reading.diagnostics, reading.texts[name])


def read_sources(files: Sequence[SourceFile], *, unnamed_as: str | None = None) -> SourcesReading:
    """The catalogs in all files, one a server in the order of names; `catalogs` is empty if there is an error.

    Lists that do not say whose they are belong to the server `unnamed_as` or, without one, are called after their file.
    """
    contents = {file.name: contents_of(file.name, file.raw) for file in files}
    listings, unnamed = _named(files, contents, unnamed_as)
    found = [diagnostic for file in files for diagnostic in _said(file, contents[file.name])]
    found += claims(listing for each in contents.values() for listing in each.listings)
    catalogs: dict[str, Catalog] = {}
    documents: dict[str, Mapping[str, Document]] = {}
    for catalog, document in (pair for each in contents.values() for pair in each.catalogs):
        found += _second(catalog, catalogs, document, "/server/id")
        catalogs.setdefault(catalog.server_id, catalog)
        documents.setdefault(catalog.server_id, dict.fromkeys(catalog.tools, document))
    for name, of_server in listings.items():
        joined = join(_who(name, of_server), of_server, _digest(of_server))
        found += joined.diagnostics
        found += _second(joined.catalog, catalogs, of_server[0].document, of_server[0].pointer)
        catalogs.setdefault(name, joined.catalog)
        documents.setdefault(name, joined.documents)
    is_flawed = any(diagnostic.severity is Severity.ERROR for diagnostic in found)
    return SourcesReading(
        catalogs=() if is_flawed else tuple(catalogs[name] for name in sorted(catalogs)),
        diagnostics=tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key)),
        digests={file.name: digest_of(file.raw) for file in files},
        texts={name: each.text for name, each in contents.items()},
        captures=frozenset(name for name, each in contents.items() if each.holds_calls),
        known=frozenset(name for name, each in contents.items() if each.holds_calls is False),
        unnamed=frozenset(unnamed),
        documents=documents,
    )


def _said(file: SourceFile, contents: Contents) -> Iterator[Diagnostic]:
    """A directory may hold other files too; who names a file means it."""
    if file.folder is None or not contents.is_foreign:
        yield from contents.diagnostics
        return
    for diagnostic in contents.diagnostics[:1]:
        message = f"skipped: {diagnostic.message}"
        yield replace(diagnostic, code="LST16", severity=Severity.WARNING, message=message)


def _named(
    files: Sequence[SourceFile], contents: Mapping[str, Contents], unnamed_as: str | None
) -> tuple[dict[str, list[Listing]], set[str]]:
    """The listings by server, and which servers got a name that is not in the file."""
    named: dict[str, list[Listing]] = {}
    unnamed: set[str] = set()
    folders = {file.name: file.folder for file in files}
    for chain in _chains(listing for file in files for listing in contents[file.name].listings):
        name = next((listing.server.id for listing in chain if listing.server.id), None)
        if name is None:
            name = unnamed_as or _called_after(chain, folders[chain[0].document.name])
            unnamed.add(name)
        named.setdefault(name, []).extend(chain)
    return named, unnamed


def _chains(listings: Iterable[Listing]) -> Iterator[list[Listing]]:
    """Runs of pages: a page that announces another is followed by it, also in the next file."""
    chain: list[Listing] = []
    for listing in listings:
        if chain and not (chain[-1].has_more and listing.server.id in {None, chain[-1].server.id}):
            yield chain
            chain = []
        chain.append(listing)
    if chain:
        yield chain


def _called_after(chain: Sequence[Listing], folder: str | None) -> str:
    """The file's name without what comes behind the dot; pages in several files are called after their directory."""
    names = {listing.document.name for listing in chain}
    if folder is not None and len(names) > 1:
        return folder.replace("\\", "/").rstrip("/").rpartition("/")[2] or _UNNAMED
    name = chain[0].document.name
    if name == "-":
        return _UNNAMED
    last = name.replace("\\", "/").rpartition("/")[2].rpartition(":")[2]
    for ending in _COMPRESSED:
        last = last.removesuffix(ending)
    return last.rpartition(".")[0] or last or _UNNAMED


def _who(name: str, listings: Sequence[Listing]) -> ServerName:
    """The server as its last listing has it."""
    known = [listing.server for listing in listings if listing.server.name is not None]
    return replace(known[-1], id=name) if known else ServerName(name)


def _digest(listings: Sequence[Listing]) -> str:
    """Of the one file, or of the digests of all of them."""
    digests = list(dict.fromkeys(listing.document.digest for listing in listings))
    return digests[0] if len(digests) == 1 else digest_of("\n".join(digests).encode())


def _second(catalog: Catalog, known: Mapping[str, Catalog], document: Document, pointer: str) -> Iterator[Diagnostic]:
    first = known.get(catalog.server_id)
    if first is None:
        return
    where = "already in this file" if first.name == catalog.name else f"in `{first.name}` already"
    message = f"the server {quote(catalog.server_id)} has a catalog {where}"
    help_ = "give one catalog a server; `policyctl catalog diff` compares two"
    span = nearest_span(document, pointer)
    yield Diagnostic("LST05", Severity.ERROR, message, document.name, span, pointer, help_)
