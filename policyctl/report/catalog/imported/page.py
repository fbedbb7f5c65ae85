"""An import as a page."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl.catalog.drift import Drift, Kind
from policyctl.report.catalog.changes import changes_section
from policyctl.report.catalog.imported.result import ImportedServer, ImportResult
from policyctl.report.diagnostics.summary import several
from policyctl.report.page.parts import Cell, Column, Row, Section, Sentence, Table, listed, say

_MOST_SERVERS, _MOST_NAMES = 100, 5
_NONE = Cell("·", "quiet")


def sections(result: ImportResult) -> Iterator[Section]:
    """The servers, then what changed since their catalogs were written last."""
    yield _servers(result)
    changes = [change for server in result.servers if server.drift for change in server.drift.changes]
    if changes:
        drift = Drift(tuple(changes), result.tools)
        yield changes_section(drift, servers=len(result.servers) > 1)


def _servers(result: ImportResult) -> Section:
    columns = (
        Column("server", code=True),
        Column("tools", number=True),
        *(Column(title, number=True) for title in ("new", "changed", "gone", "reviewed")),
        Column("file", code=True),
        Column("", rigid=True),
    )
    rows = tuple(_row(server) for server in result.servers)
    table = Table(columns, rows[:_MOST_SERVERS], more=max(0, len(rows) - _MOST_SERVERS))
    return Section("servers", "what they list", (table,) if rows else (say("no server"),))


def _row(server: ImportedServer) -> Row:
    catalog, drift = server.renewal.catalog, server.drift
    reviewed = sum(tool.reviewed is not None for tool in catalog.tools.values())
    changed = None if drift is None else len(drift.of(Kind.CHANGED)) + len(drift.of(Kind.RENAMED))
    new = server.renewal.listed if drift is None else len(drift.of(Kind.ADDED))
    cells = (
        Cell(catalog.server_id),
        Cell(f"{server.renewal.listed:,}"),
        *(_number(number) for number in (new, changed, None if drift is None else len(drift.of(Kind.REMOVED)))),
        _number(reviewed),
        Cell(server.file or "-"),
        Cell(server.outcome, "quiet" if server.outcome == "unchanged" else None),
    )
    return Row(cells, notes=tuple(_remarks(server)))


def _number(number: int | None) -> Cell:
    return Cell(f"{number:,}") if number else _NONE


def _remarks(server: ImportedServer) -> Iterator[Sentence]:
    renewal = server.renewal
    if renewal.stale:
        what = ": reviewed under another definition, whose pin is kept in `reviewed.digest`; review again"
        yield say(*listed(renewal.stale, most=_MOST_NAMES), what, role="warning")
    if renewal.kept:
        what = ": not listed any more, kept for its review; `--prune` drops it"
        yield say(*listed(renewal.kept, most=_MOST_NAMES), what, role="warning")
    if renewal.pruned:
        yield say(*listed(renewal.pruned, most=_MOST_NAMES), ": not listed any more, dropped with its review")
    if server.outcome == "empty":
        yield say("no tool is listed; nothing was written", role="warning")


def checked(result: ImportResult) -> str:
    """What was imported, on one line."""
    return " · ".join(
        (
            f"imported {several(result.sources, 'file')}",
            several(len(result.servers), "server"),
            several(result.tools, "tool"),
        )
    )
