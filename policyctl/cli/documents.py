"""Policies and catalogs that a command needs without a flaw."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from policyctl.cli.exits import ExitCode
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.model.catalog import Catalog
from policyctl.model.override import Overrides
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.source.decode import decode_leniently
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import read_bytes

Model = TypeVar("Model", Policy, Catalog)


class FlawedDocumentError(Exception):
    """A policy or catalog has errors: they are the command's whole report, exit 1."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], texts: dict[str, str]) -> None:
        super().__init__("a document has errors")
        self.diagnostics = diagnostics
        self.texts = texts


def load_policy(name: str) -> Policy:
    """The policy in a file. FlawedDocumentError if it has errors, PolicyctlError if there is no reading it."""
    return load_policy_document(name)[0]


def load_policy_document(name: str) -> tuple[Policy, Document]:
    """The same with its document, which knows the places: a pipe cannot be read a second time to find them."""

    def read(document: Document) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
        reading = read_policy(document)
        return reading.policy, reading.diagnostics

    return _load(name, read)


def load_catalog(name: str) -> Catalog:
    """The catalog in a file. FlawedDocumentError if it has errors, PolicyctlError if there is no reading it."""
    return load_catalog_document(name)[0]


def load_catalog_document(name: str) -> tuple[Catalog, Document]:
    """The same with its document, which knows the places."""
    from policyctl.reading.catalog import read_catalog

    def read(document: Document) -> tuple[Catalog | None, tuple[Diagnostic, ...]]:
        reading = read_catalog(document)
        return reading.catalog, reading.diagnostics

    return _load(name, read)


def load_catalogs(names: Iterable[str]) -> tuple[Catalog, ...]:
    """The catalogs in all these files, one a server. The errors are those of `load_catalog`, of all files at once."""
    from policyctl.catalog.load import read_catalogs

    readings = {shown_name(name): read_catalogs(shown_name(name), read_bytes(name)) for name in dict.fromkeys(names)}
    errors = tuple(
        found for reading in readings.values() for found in reading.diagnostics if found.severity is Severity.ERROR
    )
    if errors:
        raise FlawedDocumentError(errors, {name: reading.text for name, reading in readings.items()})
    return tuple(catalog for reading in readings.values() for catalog in reading.catalogs)


def load_overrides(name: str) -> Overrides:
    """The classes that a file sets over the classifier's. The errors are those of `load_catalog`."""
    from policyctl.reading.overrides import read_overrides

    reading = read_overrides(shown_name(name), read_bytes(name))
    if reading.overrides is None:
        raise FlawedDocumentError(reading.diagnostics, {shown_name(name): reading.text})
    return reading.overrides


def _load(name: str, read: Callable[[Document], tuple[Model | None, tuple[Diagnostic, ...]]]) -> tuple[Model, Document]:
    raw = read_bytes(name)
    document = read_document(shown_name(name), raw)
    if not isinstance(document, Document):
        raise FlawedDocumentError(document, {shown_name(name): decode_leniently(raw)})
    model, diagnostics = read(document)
    if model is None:
        errors = tuple(found for found in diagnostics if found.severity is Severity.ERROR)
        raise FlawedDocumentError(errors, {document.name: document.text})
    return model, document


def print_flaws(flaws: FlawedDocumentError, *, color: bool) -> int:
    """Every error with its place, on standard output like any report; the exit code of findings."""
    from policyctl.cli.finish import tell
    from policyctl.report.diagnostics.text import frames
    from policyctl.report.style import Style
    from policyctl.report.validate.result import rule_name

    style = Style(color)
    found = sorted(flaws.diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    count = f"{len(found):,} error{'' if len(found) == 1 else 's'}: nothing more was done"
    tell("\n\n".join((*frames(found, flaws.texts, names=rule_name, style=style), style.paint(count, "error"))))
    return int(ExitCode.FINDINGS)
