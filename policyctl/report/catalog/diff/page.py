"""The comparison of two catalogs as a page."""

from __future__ import annotations

from collections.abc import Iterator

from policyctl import SEMANTICS, __version__
from policyctl.catalog.drift import listed
from policyctl.model.catalog import Catalog
from policyctl.report.catalog.changes import changes_section, counts
from policyctl.report.catalog.diff.result import DiffResult
from policyctl.report.diagnostics.summary import several
from policyctl.report.page.parts import Cell, Column, Row, Section, Table, say

_MOST_FILES = 10
_DIGITS = 12


def sections(result: DiffResult) -> Iterator[Section]:
    """What changed, then what was compared."""
    if result.drift.changes:
        yield changes_section(result.drift, servers=result.has_several_servers)
    yield _inputs(result)


def _inputs(result: DiffResult) -> Section:
    files = [
        *(("old", catalog.name, catalog.digest, _whose(catalog)) for catalog in result.old),
        *(("new", catalog.name, catalog.digest, _whose(catalog)) for catalog in result.new),
        *(("policy", policy.name, policy.digest, "·") for policy in result.policies),
    ]
    columns = (Column("kind"), Column("file", code=True), Column("server", code=True), Column("sha256", code=True))
    rows = tuple(
        Row((Cell(kind), Cell(name), Cell(server), Cell(digest.removeprefix("sha256:")[:_DIGITS], "quiet")))
        for kind, name, digest, server in files
    )
    blocks = [Table(columns, rows[:_MOST_FILES], more=max(0, len(rows) - _MOST_FILES))]
    meaning = f"policyctl {__version__}, semantics {SEMANTICS}"
    if result.policies:
        return Section("inputs", meaning, tuple(blocks))
    return Section(
        "inputs", meaning, (*blocks, say("no policy was given: every tool counts as one that agents can call"))
    )


def _whose(catalog: Catalog) -> str:
    return f"{catalog.server_id} {catalog.server_version}" if catalog.server_version else catalog.server_id


def checked(result: DiffResult) -> str:
    """What was compared and what came of it, on one line."""
    before, after = (sum(len(listed(catalog)) for catalog in side) for side in (result.old, result.new))
    return f"compared {several(before, 'tool')} with {after:,} · {counts(result.drift)}"
