"""Where in the traces something came up first; a single trace need not be named in every row."""

from __future__ import annotations

from policyctl.report.page.parts import Cell, Column


def first_column(*, by_file: bool) -> Column:
    """The column of such places."""
    return Column("first at", code=True) if by_file else Column("first line", number=True)


def first_cell(file: str, line: int, *, by_file: bool) -> Cell:
    """`trace.jsonl:12`, or `12` where there is one trace only."""
    return Cell(f"{file}:{line}" if by_file else str(line))
