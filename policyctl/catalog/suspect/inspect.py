"""Catalogs looked at for what may be there to deceive."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policyctl.catalog.suspect.finding import Suspicion
from policyctl.catalog.suspect.names import of_names
from policyctl.catalog.suspect.texts import of_texts
from policyctl.diagnostic import Diagnostic
from policyctl.model.catalog import Catalog, Tool
from policyctl.source.document import Document
from policyctl.source.nearest import nearest_span


def suspicions(catalog: Catalog) -> Iterator[tuple[Tool, Suspicion]]:
    """What is odd: names first, since a tool is known by its name."""
    yield from of_names(catalog.tools.values())
    for tool in catalog.tools.values():
        for suspicion in of_texts(tool):
            yield tool, suspicion


def inspect(catalog: Catalog, document_of: Callable[[str], Document]) -> Iterator[Diagnostic]:
    """The same as diagnostics; `document_of` gives the document in which the tool of a name stands."""
    for tool, found in suspicions(catalog):
        document = document_of(tool.name)
        span = nearest_span(document, found.pointer, key=found.key)
        yield Diagnostic(found.code, found.severity, found.message, document.name, span, found.pointer, found.help)
