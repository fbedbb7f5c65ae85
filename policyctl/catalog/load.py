"""A file that lists tools to the catalogs in it, one a server."""

from __future__ import annotations

from dataclasses import dataclass

from policyctl.diagnostic import Diagnostic
from policyctl.model.catalog import Catalog
from policyctl.reading.catalog import read_catalog
from policyctl.source.decode import decode_leniently
from policyctl.source.document import Document
from policyctl.source.read import read_document


@dataclass(frozen=True, slots=True)
class CatalogsReading:
    """What one file says; `catalogs` is empty if an error is among the diagnostics. `text` is for their excerpts."""

    catalogs: tuple[Catalog, ...]
    diagnostics: tuple[Diagnostic, ...]
    text: str


def read_catalogs(name: str, raw: bytes) -> CatalogsReading:
    """The catalogs in a file's bytes: a catalog document holds one."""
    document = read_document(name, raw)
    if not isinstance(document, Document):
        return CatalogsReading((), document, decode_leniently(raw))
    reading = read_catalog(document)
    return CatalogsReading((reading.catalog,) if reading.catalog else (), reading.diagnostics, document.text)
