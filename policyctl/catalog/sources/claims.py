"""Fields of a server that are named like those of a catalog: no server classifies or reviews itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.catalog.sources.listing import Entry, Listing
from policyctl.catalog.sources.tool import OF_CATALOG
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.catalog import AS_LISTED
from policyctl.reading.findings import Findings
from policyctl.source.fault import quote


def claims(listings: Iterable[Listing]) -> Iterator[Diagnostic]:
    """One note for each such field of a file: where there are any, most tools have them."""
    files: dict[str, list[Listing]] = {}
    for listing in listings:
        files.setdefault(listing.document.name, []).append(listing)
    for of_file in files.values():
        findings = Findings(of_file[0].document)
        for key in OF_CATALOG:
            _note([entry for listing in of_file for entry in listing.entries if _claims(entry, key)], key, findings)
        yield from findings.diagnostics()


def _claims(entry: Entry, key: str) -> bool:
    return type(entry.value) is dict and entry.value.get(key) is not None


def _note(entries: list[Entry], key: str, findings: Findings) -> None:
    if not entries:
        return
    others = f" and {len(entries) - 1:,} more" if len(entries) > 1 else ""
    message = f"`{key}` of {quote(str(entries[0].value.get('name')))}{others} is the server's own word"
    help_ = f"it is kept under `{AS_LISTED}`; only a catalog sets classes, reviews and pins"
    findings.note(Severity.INFO, "LST08", f"{entries[0].pointer}/{key}", message, help=help_, key=True)
