"""How much goes through that did not, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.report.compare.words import amount
from policyctl.report.page.parts import Block, Cell, Code, Column, Row, Section, Table, say
from policyctl.simulate.compare.result import AmountRow, AmountSum, Comparison
from policyctl.source.pointer import format_path

_ROWS = 30
_NONE = Cell("·", "quiet")


def amount_sections(comparison: Comparison) -> Iterator[Section]:
    """One section; none if no call with an amount changes sides."""
    rows = comparison.amounts
    if not rows:
        return
    by_server = len({row.server for row in rows}) > 1
    columns = (
        Column("tool", code=True),
        *([Column("server", code=True)] if by_server else []),
        Column("amount", code=True),
        Column("let through", number=True),
        Column("sum", number=True),
        Column("stopped", number=True),
        Column("sum", number=True),
    )
    blocks: list[Block] = [
        say(
            "each in the unit that its argument has; where calls are in several currencies or units, a sum mixes them",
            role="quiet",
        ),
        Table(columns, tuple(_row(row, by_server=by_server) for row in rows[:_ROWS]), more=max(0, len(rows) - _ROWS)),
    ]
    if any(each.counted and each.total is None for row in rows for each in (row.let_through, row.stopped)):
        blocks.append(say("a sum of one amount is the value of an argument: ", Code("--show-args"), " shows it"))
    yield Section("amounts", "calls that one of both policies lets through and the other does not", tuple(blocks))


def _row(row: AmountRow, *, by_server: bool) -> Row:
    cells = (
        Cell(row.tool),
        *([Cell(row.server or "")] if by_server else []),
        Cell(format_path(row.path)),
        *_sum(row.let_through),
        *_sum(row.stopped),
    )
    missing = sum(each.calls - each.counted for each in (row.let_through, row.stopped))
    words = "call has" if missing == 1 else "calls have"
    return Row(cells, say(f"{missing:,} {words} no number there that could be counted") if missing else None)


def _sum(found: AmountSum) -> tuple[Cell, Cell]:
    if not found.calls:
        return _NONE, _NONE
    return Cell(f"{found.calls:,}"), Cell(amount(found.total)) if found.counted else _NONE
