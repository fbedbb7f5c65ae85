"""The tools of catalogs as tables, one a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policyctl.catalog.select import Entry, Selection
from policyctl.model.catalog import Catalog, Confidence, Tag, Tool
from policyctl.recommend.evidence import decisive
from policyctl.recommend.standing import is_settled
from policyctl.report.catalog.show.result import Shown, by_category
from policyctl.report.catalog.show.words import RISK_ROLES, UNCLASSIFIED
from policyctl.report.page.parts import Block, Cell, Code, Column, Part, Row, Section, Table, say
from policyctl.report.recommend.words import evidence_words

_COLUMNS = (
    Column("tool", code=True),
    Column("class", rigid=True),
    Column("risk", rigid=True),
    Column("sure", rigid=True),
    Column("tags"),
    Column("why", prose=True),
)


def sections(shown: Shown) -> Iterator[Section]:
    """One section a server that has any of the tools."""
    for catalog in shown.catalogs:
        entries = shown.of(catalog)
        if entries:
            yield Section(catalog.server_id, "", tuple(_blocks(catalog, entries)))


def last_line(shown: Shown) -> str:
    """What was looked at."""
    servers = f"{len(shown.catalogs):,} server{'' if len(shown.catalogs) == 1 else 's'}"
    tools = f"{shown.total:,} tool{'' if shown.total == 1 else 's'}"
    of = tools if len(shown.entries) == shown.total else f"{len(shown.entries):,} of {tools}"
    return f"showed {of} · {servers}"


def asked(selection: Selection) -> str:
    """The filters in words; empty if there are none."""
    chosen = (
        ("risk", (risk.value for risk in sorted(selection.risks, key=lambda risk: -risk.rank))),
        ("class", (category.value for category in sorted(selection.categories, key=lambda each: each.rank))),
        ("tag", (tag.value for tag in Tag if tag in selection.tags)),
    )
    return " · ".join(f"{name} {' or '.join(words)}" for name, values in chosen if (words := tuple(values)))


def _blocks(catalog: Catalog, entries: Sequence[Entry]) -> Iterator[Block]:
    yield say(*_counts(catalog, entries))
    yield Table(_COLUMNS, tuple(_row(entry.tool) for entry in entries))


def _counts(catalog: Catalog, entries: Sequence[Entry]) -> Iterator[Part]:
    if catalog.server_name != catalog.server_id:
        yield Code(catalog.server_name)
        yield ": "
    yield " · ".join(f"{category or UNCLASSIFIED} {count:,}" for category, count in by_category(entries).items())
    unsure = sum(entry.tool.confidence is Confidence.LOW for entry in entries)
    if unsure:
        yield f" · {unsure:,} not sure"
    reviewed = sum(entry.tool.reviewed is not None for entry in entries)
    if reviewed:
        yield f" · {reviewed:,} reviewed"


def _row(tool: Tool) -> Row:
    role = RISK_ROLES[tool.risk] if tool.risk else "warning"
    return Row(
        (
            Cell(tool.name),
            Cell(tool.category or UNCLASSIFIED),
            Cell(tool.risk or "–", role),
            Cell(_sure(tool), "warning" if tool.confidence is Confidence.LOW else "good" if is_settled(tool) else None),
            Cell(", ".join(tag for tag in Tag if tag in tool.tags)),
            Cell(_why(tool), "quiet"),
        )
    )


def _sure(tool: Tool) -> str:
    if tool.reviewed is not None:
        return "reviewed" if is_settled(tool) else "changed"
    return tool.confidence or "–"


def _why(tool: Tool) -> str:
    # That it is a person's word, the column before says.
    settled = tool.reviewed.why if tool.reviewed is not None and is_settled(tool) else None
    return settled or evidence_words(decisive(tool), tool)
