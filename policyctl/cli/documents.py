"""Policies and catalogs that a command needs without a flaw."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import TYPE_CHECKING, TypeVar

from policyctl.cli.exits import ExitCode
from policyctl.diagnostic import Diagnostic, Severity
from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog
from policyctl.model.policy import Policy
from policyctl.reading.policy import read_policy
from policyctl.source.decode import decode_leniently
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.workspace.naming import shown_name
from policyctl.workspace.open import read_bytes

if TYPE_CHECKING:
    from policyctl.catalog.load import SourcesReading
    from policyctl.model.override import Overrides

Model = TypeVar("Model", Policy, Catalog)


class FlawedDocumentError(Exception):
    """A policy or catalog has errors: they are the command's whole report, exit 1."""

    def __init__(
        self, diagnostics: tuple[Diagnostic, ...], texts: dict[str, str], known: Container[str] = frozenset()
    ) -> None:
        """`known` are files that surely record no calls, so that any line of them may be shown."""
        super().__init__("a document has errors")
        self.diagnostics = diagnostics
        self.texts = texts
        self.known = known


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
    """The catalog in a file, or that of the one server whose list it is. The errors are those of `load_policy`."""
    catalogs = load_catalogs([name])
    if len(catalogs) != 1:
        hint = f"`policyctl catalog import {shown_name(name)} -o DIR/` writes a catalog for each of them"
        raise PolicyctlError(f"`{shown_name(name)}` lists the tools of {len(catalogs):,} servers", hint=hint)
    return catalogs[0]


def load_catalog_document(name: str) -> tuple[Catalog, Document]:
    """A catalog with its document, which knows the places; a list as its server gives it has to be imported first."""
    from policyctl.catalog.sources.file import contents_of

    shown = shown_name(name)
    contents = contents_of(shown, read_bytes(name))
    errors = tuple(found for found in contents.diagnostics if found.severity is Severity.ERROR)
    if errors:
        raise FlawedDocumentError(
            errors, {shown: contents.text}, known=(shown,) if contents.holds_calls is False else ()
        )
    if contents.listings:
        hint = f"`policyctl catalog import {shown} -o FILE` makes a catalog of it, in which findings have their places"
        raise PolicyctlError(f"`{shown}` is a list as its server gives it, and no catalog", hint=hint)
    if len(contents.catalogs) != 1:
        raise PolicyctlError(f"`{shown}` holds {len(contents.catalogs):,} catalogs", hint="name a file with one")
    return contents.catalogs[0]


def load_catalogs(names: Iterable[str]) -> tuple[Catalog, ...]:
    """The catalogs in all these files and directories, one a server. The errors are those of all of them at once."""
    return listed_without_flaw(names).catalogs


def listed_without_flaw(names: Iterable[str]) -> SourcesReading:
    """The same with what else there is to say about them, and with the documents in which the tools stand."""
    reading = read_listed(names)
    errors = tuple(found for found in reading.diagnostics if found.severity is Severity.ERROR)
    if errors:
        raise FlawedDocumentError(errors, dict(reading.texts), known=reading.known)
    return reading


def read_listed(names: Iterable[str], *, server: str | None = None) -> SourcesReading:
    """What all these files and directories say about tools, mistakes included; a list of nobody is that of `server`."""
    from policyctl.catalog.load import SourceFile, read_sources
    from policyctl.workspace.gather import gather

    files: dict[str, SourceFile] = {}
    for name in dict.fromkeys(names):
        for path, raw, folder in gather(name):
            files.setdefault(shown_name(path), SourceFile(shown_name(path), raw, folder))
    return read_sources(tuple(files.values()), unnamed_as=server)


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
    from policyctl.report.diagnostics.rules import rule_name
    from policyctl.report.diagnostics.text import frames
    from policyctl.report.style import Style

    style = Style(color)
    found = sorted(flaws.diagnostics, key=lambda diagnostic: diagnostic.sort_key)
    count = f"{len(found):,} error{'' if len(found) == 1 else 's'}: nothing more was done"
    shown = frames(found, flaws.texts, names=rule_name, style=style, known=flaws.known)
    tell("\n\n".join((*shown, style.paint(count, "error"))))
    return int(ExitCode.FINDINGS)
