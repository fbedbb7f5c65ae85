"""Examples with lines of carets: the text that is meant, and what is to be found in it, and where."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policyctl.cli.observing import observe
from policyctl.diagnostic import Diagnostic
from policyctl.lint.rule import Rule
from policyctl.lint.run import lint
from policyctl.lint.subject import Subject
from policyctl.lint.suppress.entry import Entry
from policyctl.lint.suppress.settle import Book, Settled
from policyctl.lint.table import BY_CODE
from policyctl.model.catalog import Catalog
from policyctl.reading.catalog import read_catalog
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.pragma import pragmas
from policyctl.source.read import read_document
from policyctl.traces.read import TraceFile
from policyctl.workspace.configuration import Traces

_CARETS = re.compile(r" *(\^+)(?: (.*))?")


@dataclass(frozen=True, slots=True)
class Expected:
    """A place on one line, and words of the message."""

    line: int
    column: int
    width: int
    words: str


@dataclass(frozen=True, slots=True)
class Example:
    """A text without its carets."""

    text: str
    finds: tuple[Expected, ...]


def parse(marked: str) -> Example:
    """Take the lines of carets out; a first line break is layout."""
    lines: list[str] = []
    finds: list[Expected] = []
    for line in marked.removeprefix("\n").splitlines(keepends=True):
        carets = _CARETS.fullmatch(line.rstrip("\n"))
        if carets:
            finds.append(Expected(len(lines), carets.start(1) + 1, len(carets[1]), carets[2] or ""))
        else:
            lines.append(line)
    return Example("".join(lines), tuple(finds))


def check(found: tuple[Diagnostic, ...], expected: tuple[Expected, ...]) -> None:
    """Each finding has its carets, and each line of carets its finding."""
    places = []
    for diagnostic in found:
        assert diagnostic.span is not None, diagnostic
        start, end = diagnostic.span.start, diagnostic.span.end
        width = end.column - start.column if end.line == start.line else -1
        places.append((start.line, start.column, width))
    # A finding over several lines is marked by carets under its first line, from its start to the line's end.
    marked = [(each.line, each.column, each.width) for each in expected]
    assert sorted(place[:2] for place in places) == sorted(place[:2] for place in marked), found
    assert all(place in marked for place in places if place[2] != -1), (places, marked)
    for each in expected:
        messages = [d.message for d in found if d.span and d.span.start.line == each.line]
        assert any(each.words in message for message in messages), (each.words, messages)


def subject(text: str, catalog: str = "", *, name: str = "policy.json") -> Subject:
    """A policy, JSON unless it does not start with a brace, that must be valid, with a catalog of these tools."""
    if not text.lstrip().startswith("{"):
        name = "policy.yaml"
    document = read_document(name, text.encode())
    assert isinstance(document, Document), document
    reading = read_policy(document)
    assert reading.policy is not None, reading.diagnostics
    if not catalog:
        return Subject(document, reading.policy)
    tools, written = catalog_of(catalog)
    return Subject(document, reading.policy, tools, written)


def catalog_of(text: str) -> tuple[Catalog, Document]:
    """A catalog document, or the list of its tools."""
    if text.lstrip().startswith("["):
        server = json.dumps({"id": "server", "name": "Server"})
        text = f'{{"version": "1", "server": {server}, "tools": {text}}}'
    document = read_document("catalog.json", text.encode())
    assert isinstance(document, Document), document
    reading = read_catalog(document)
    assert reading.catalog is not None, reading.diagnostics
    return reading.catalog, document


def with_trace(judged: Subject, trace: str, folder: Path) -> Subject:
    """The same with what these recorded calls show."""
    path = folder / "calls.jsonl"
    path.write_text(trace, "utf-8")
    facts, _, unread = observe(judged.policy, judged.catalog, [TraceFile(str(path))], Traces())
    assert not unread
    return replace(judged, traces=facts)


TODAY = date(2026, 6, 1)


def settled(judged: Subject, rules: Iterable[Rule], configuration: str = "") -> Settled:
    """What these rules find in a policy, less what its comments and a configuration accept."""
    found = lint(judged, rules).diagnostics
    name = judged.document.name
    comments = (
        Entry("comment", code, name, (name, each.span), None, each.line, each.reason or None, each.until)
        for each in pragmas(judged.document)
        for code in each.codes or ("",)
    )
    configured = (
        Entry("configuration", entry.pop("rule"), entry.pop("policy"), ("policyctl.toml", None), **entry)
        for entry in tomllib.loads(configuration).get("suppress", [])
    )
    documents = {judged.document.name: judged.document}
    book = Book((*comments, *configured), documents, frozenset(BY_CODE), frozenset(BY_CODE), TODAY)
    return book.settle(found)
