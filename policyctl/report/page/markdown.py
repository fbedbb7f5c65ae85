"""A page in GitHub's Markdown, for a comment on a pull request or the summary of a step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from policyctl.report.escape import code_span, escape_markdown, escape_terminal
from policyctl.report.page.parts import Block, Column, Listing, Row, Section, Sentence, Table


def draw(sections: Iterable[Section]) -> str:
    """The sections one below the other, a blank line between blocks; ends without a line break."""
    return "\n\n".join(block for section in sections for block in _section(section))


def paragraph(sentence: Sentence) -> str:
    """A sentence as one line, words of the user as code."""
    return "".join(escape_markdown(part) if isinstance(part, str) else code_span(part.text) for part in sentence.parts)


def _section(section: Section) -> Iterator[str]:
    yield f"### {escape_markdown(section.title)}"
    if section.meaning:
        yield f"_{escape_markdown(section.meaning)}_"
    for is_list, blocks in groupby(section.blocks, key=lambda block: isinstance(block, Sentence)):
        drawn = list(map(_block, blocks))
        yield from ["\n".join(drawn)] if is_list else drawn


def _block(block: Block) -> str:
    match block:
        case Sentence():
            return f"- {paragraph(block)}"
        case Table():
            return "\n".join(_table(block))
        case Listing():
            return "\n".join(_listing(block))


def _listing(listing: Listing) -> Iterator[str]:
    # A fence that is longer than any run of backticks within ends at no line of them.
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", listing.text)), default=0))
    yield fence + listing.language
    yield from map(escape_terminal, listing.text.splitlines())
    yield fence


def _table(table: Table) -> Iterator[str]:
    has_notes = any(row.remarks for row in table.rows)
    titles = [escape_markdown(column.title) for column in table.columns] + [table.note_title] * has_notes
    yield _line(titles)
    yield _line(["---:" if column.number else ":---" for column in table.columns] + [":---"] * has_notes)
    for row in table.rows:
        notes = "<br>".join(map(paragraph, row.remarks))
        yield _line([*_fields(table.columns, row), *([notes] * has_notes)])
    if table.more:
        yield ""
        yield f"and {table.more:,} more{table.more_where}"


def _fields(columns: tuple[Column, ...], row: Row) -> Iterator[str]:
    for column, cell in zip(columns, row.cells, strict=True):
        shown = code_span(cell.text) if column.code and cell.text else escape_markdown(cell.text)
        yield f"**{shown}**" if cell.role == "error" and shown else shown


def _line(fields: list[str]) -> str:
    return f"| {' | '.join(fields)} |"
