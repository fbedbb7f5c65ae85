"""One file's bytes to its canonical text, or to what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from policyctl.diagnostic import Diagnostic, Position
from policyctl.fmt.note import Note
from policyctl.fmt.policy import format_policy
from policyctl.reading.policy import read_policy
from policyctl.source.decode import decode_leniently
from policyctl.source.document import Document
from policyctl.source.read import read_document

#: What there is to do for a file: nothing, write it, or leave it to its author because it has errors.
Outcome: TypeAlias = Literal["unchanged", "reformatted", "faulty"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was left as it is, and why."""

    position: Position
    message: str


@dataclass(frozen=True, slots=True)
class FormattedFile:
    """One file; `before` is its text with everything that it has, `after` the canonical one.

    A file with errors has the same text in both. `text` is what the places of the diagnostics refer to.
    """

    name: str
    before: str
    after: str
    text: str
    diagnostics: tuple[Diagnostic, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What there is to do."""
        if self.diagnostics:
            return "faulty"
        return "unchanged" if self.before == self.after else "reformatted"


def format_file(name: str, raw: bytes, *, long_forms: bool = False) -> FormattedFile:
    """The canonical text of one policy file; `long_forms` as in `format_policy`."""
    document = read_document(name, raw)
    if not isinstance(document, Document):
        text = decode_leniently(raw)
        return FormattedFile(name, text, text, text, diagnostics=document)
    before = raw.decode("utf-8")
    reading = read_policy(document)
    if reading.policy is None:
        return FormattedFile(name, before, before, document.text, diagnostics=reading.diagnostics)
    formatted = format_policy(document, long_forms=long_forms)
    remarks = tuple(_remark(document, note) for note in formatted.notes)
    return FormattedFile(name, before, formatted.text, document.text, remarks=remarks)


def _remark(document: Document, note: Note) -> Remark:
    return Remark(document.key_span(note.pointer).start, note.message)
