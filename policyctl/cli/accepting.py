"""From configuration, comments and a baseline to what a run of lint accepts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from policyctl.diagnostic import Diagnostic, Span
from policyctl.lint.suppress.entry import Entry
from policyctl.lint.suppress.settle import Book, lost
from policyctl.lint.table import BY_CODE
from policyctl.source.document import Document
from policyctl.source.lines import Lines
from policyctl.source.pragma import Pragma, pragmas
from policyctl.source.read import read_document
from policyctl.workspace.configuration import Configuration
from policyctl.workspace.git import content_at
from policyctl.workspace.open import STDIN, read_bytes


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Where words that accept findings are taken from.

    With a `revision` only words count that were there already, so that a change cannot approve itself; `configuration` is
    the one of that revision then.
    """

    configuration: Configuration
    baseline: str | None = None
    revision: str | None = None

    def book(
        self, documents: Mapping[str, Document], typed: Mapping[str, str], ran: Iterable[str]
    ) -> tuple[Book, list[Diagnostic]]:
        """What is accepted in these documents, and entries about files that are not there.

        Keys are the names in reports; `typed` has what the user wrote where it is something else.
        """
        names = {name: typed.get(name, name) for name in documents}
        shown = {os.path.realpath(written): name for name, written in names.items() if written != STDIN}
        entries: list[Entry] = []
        astray: list[Diagnostic] = []
        for entry in self._configured():
            file = shown.get(os.path.realpath(entry.file))
            if file is None and not os.path.exists(entry.file):
                astray.append(lost(entry))
            entries.append(_of(entry, file or entry.file))
        for name, document in documents.items():
            entries.extend(self._comments(name, names[name], document))
        entries.extend(_of(entry, shown.get(os.path.realpath(entry.file), entry.file)) for entry in self._known())
        return Book(tuple(entries), documents, frozenset(BY_CODE), frozenset(ran), today()), astray

    @property
    def text(self) -> str:
        """The configuration file, for excerpts."""
        file = self.configuration.file
        return "" if file is None else self._read(str(file)).decode("utf-8-sig")

    def _configured(self) -> Iterator[Entry]:
        if not self.configuration.suppress:
            return
        lines = Lines(self.text)
        for number, each in enumerate(self.configuration.suppress):
            place = _place(self.configuration, number, lines)
            yield Entry(
                "configuration",
                each.rule,
                str(each.policy),
                place,
                each.at,
                None,
                each.reason,
                each.expires,
                each.content,
            )

    def _comments(self, name: str, typed: str, document: Document) -> Iterator[Entry]:
        allowed = None if self.revision is None else _words(self._earlier(typed, document))
        for pragma in pragmas(document):
            if allowed is not None and _word(pragma, document) not in allowed:
                continue
            place = (name, pragma.span)
            for code in pragma.codes or ("",):
                yield Entry(
                    "comment", code, name, place, line=pragma.line, reason=pragma.reason or None, expires=pragma.until
                )

    def _earlier(self, typed: str, document: Document) -> Document | None:
        assert self.revision is not None
        raw = None if typed == STDIN else content_at(self.revision, typed, missing_ok=True)
        earlier = None if raw is None else read_document(document.name, raw, format=document.format)
        return earlier if isinstance(earlier, Document) else None

    def _known(self) -> Iterator[Entry]:
        if self.baseline is not None:
            from policyctl.lint.suppress.baseline import read_baseline

            folder = Path(self.baseline).parent
            for entry in read_baseline(self.baseline, self._read(self.baseline).decode("utf-8-sig")):
                yield _of(entry, str(folder / entry.file))

    def _read(self, name: str) -> bytes:
        if self.revision is None:
            return read_bytes(name)
        # The revision is known to be there: its configuration has been read.
        return content_at(self.revision, name) or b""


def today() -> date:
    """The day by which suppressions end; SOURCE_DATE_EPOCH sets it, so that a run can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isascii() and epoch.isdecimal() else datetime.now(UTC)
    return moment.date()


def _of(entry: Entry, file: str) -> Entry:
    return replace(entry, file=file)


def _place(configuration: Configuration, number: int, lines: Lines) -> tuple[str, Span | None]:
    origin = configuration.origin(f"suppress.{number}")
    name = "" if configuration.file is None else configuration.file.as_posix()
    if origin.line is None or origin.line > len(lines):
        return name, None
    start = lines.start(origin.line)
    return name, lines.span(start, start + len(lines.line(origin.line)))


def _words(document: Document | None) -> frozenset[tuple[object, str]]:
    return frozenset() if document is None else frozenset(_word(pragma, document) for pragma in pragmas(document))


def _word(pragma: Pragma, document: Document) -> tuple[object, str]:
    """What a comment says and about what, wherever both stand in the file."""
    return pragma.words, Lines(document.text).line(pragma.line).partition(" #")[0].strip()
