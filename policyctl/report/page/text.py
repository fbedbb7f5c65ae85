"""A page on a terminal, or piped: the same words, without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policyctl.report.escape import disarm_commands, escape_terminal
from policyctl.report.page.measure import cut, shorten, width_of, wrap
from policyctl.report.page.parts import Block, Cell, Code, Column, Listing, Section, Sentence, Table
from policyctl.report.style import Style

_INDENT, _NOTE_INDENT, _GAP = "  ", "      ", "  "
#: No column is made narrower than this for the sake of the others.
_NARROWEST = 8
#: A note that is longer goes on in the JSON.
_NOTE_LINES = 3


def draw(sections: Iterable[Section], style: Style, width: int) -> str:
    """The sections one below the other, a blank line between them; ends without a line break."""
    return disarm_commands("\n\n".join("\n".join(_section(section, style, width)) for section in sections))


def line_of(sentence: Sentence) -> str:
    """A sentence as one line, escaped, words of the user in backticks."""
    parts = (f"`{escape_terminal(part.text)}`" if isinstance(part, Code) else part for part in sentence.parts)
    return escape_terminal("".join(parts))


def _section(section: Section, style: Style, width: int) -> Iterator[str]:
    title = style.paint(escape_terminal(section.title), "strong")
    meaning = section.meaning and _GAP + style.paint(escape_terminal(section.meaning), "quiet")
    yield title + meaning
    for block in section.blocks:
        yield from _block(block, style, width)


def _block(block: Block, style: Style, width: int) -> Iterator[str]:
    match block:
        case Sentence():
            yield from _paragraph(block, style, width)
        case Table():
            yield from _table(block, style, width)
        case Listing():
            # Never wrapped: it is there to be copied.
            yield from (_NOTE_INDENT + escape_terminal(line) for line in block.text.splitlines())


def _paragraph(sentence: Sentence, style: Style, width: int) -> Iterator[str]:
    # Lines after the first stand further in, so that one sees where the next sentence starts.
    for number, line in enumerate(wrap(line_of(sentence), width - len(_INDENT) * 2)):
        painted = line if sentence.role is None else style.paint(line, sentence.role)
        yield (_INDENT * 2 if number else _INDENT) + painted


def _table(table: Table, style: Style, width: int) -> Iterator[str]:
    # Disarmed before it is measured; the page as a whole is disarmed again, for lines that wrapping starts.
    escaped = [[disarm_commands(escape_terminal(cell.text)) for cell in row.cells] for row in table.rows]
    widths = _widths(table.columns, escaped, width)
    titles = [Cell(column.title, "quiet") for column in table.columns]
    yield _row(table.columns, titles, [cell.text for cell in titles], widths, style)
    for row, texts in zip(table.rows, escaped, strict=True):
        yield _row(table.columns, row.cells, texts, widths, style)
        for note in row.remarks:
            yield from _note(note, style, width)
    if table.more:
        yield _INDENT + style.paint(f"and {table.more:,} more{table.more_where}", "quiet")


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Natural widths; if they do not fit, the widest column of text gives way."""
    widths = [
        max(width_of(column.title), *(width_of(row[index]) for row in rows), 0) for index, column in enumerate(columns)
    ]
    room = width - len(_INDENT) - len(_GAP) * (len(columns) - 1)
    elastic = [index for index, column in enumerate(columns) if not (column.number or column.rigid)]
    while sum(widths) > room and elastic:
        widest = max(elastic, key=lambda index: widths[index])
        if widths[widest] <= _NARROWEST:
            break
        next_widest = max((widths[index] for index in elastic if index != widest), default=_NARROWEST)
        # In one step down to the next one, since a name may have thousands of characters.
        excess = sum(widths) - room
        widths[widest] = max(_NARROWEST, widths[widest] - min(excess, max(1, widths[widest] - next_widest)))
    return widths


def _row(
    columns: Sequence[Column], cells: Sequence[Cell], texts: Sequence[str], widths: list[int], style: Style
) -> str:
    fields = []
    for column, cell, text, width in zip(columns, cells, texts, widths, strict=True):
        shown = cut(text, width) if column.prose else shorten(text, width)
        # Spaces stay outside of the colour: the last ones of a line are not printed.
        space = " " * (width - width_of(shown))
        painted = shown if cell.role is None else style.paint(shown, cell.role)
        fields.append(space + painted if column.number else painted + space)
    return _INDENT + _GAP.join(fields).rstrip()


def _note(note: Sentence, style: Style, width: int) -> Iterator[str]:
    lines = list(wrap(line_of(note), width - len(_NOTE_INDENT) - 1))
    if len(lines) > _NOTE_LINES:
        lines = [*lines[: _NOTE_LINES - 1], lines[_NOTE_LINES - 1] + "…"]
    for line in lines:
        yield _NOTE_INDENT + style.paint(line, note.role or "quiet")
