"""What a report is about, file by file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policyctl.report.page.parts import Cell, Column, Row, Section, Table
from policyctl.report.simulate.words import short_digest
from policyctl.simulate.result import Input, TraceInput

_FILES = 10


def inputs_section(files: Iterable[tuple[str, Sequence[Input | TraceInput]]], meaning: str) -> Section:
    """What there was of each kind, with digests."""
    columns = (Column("kind"), Column("file", code=True), Column("sha256", code=True))
    rows = tuple(
        Row((Cell(kind), Cell(file.name), Cell(short_digest(file.digest), "quiet")))
        for kind, of_kind in files
        for file in of_kind
    )
    return Section("inputs", meaning, (Table(columns, rows[:_FILES], more=max(0, len(rows) - _FILES)),))
