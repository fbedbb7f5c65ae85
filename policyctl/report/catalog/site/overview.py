"""What the top of the site says about all tools together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policyctl.catalog.digest import is_stale
from policyctl.model.catalog import Catalog, Category, Confidence, Risk, Tag, Tool
from policyctl.report.catalog.show.index import asked
from policyctl.report.catalog.show.result import Shown, by_category
from policyctl.report.catalog.show.words import UNCLASSIFIED
from policyctl.report.escape import escape_terminal

#: The bar is so many units wide.
_WIDTH = 1_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A class's part of the bar, in units from the left."""

    category: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A button that leaves the tools of one kind; `key` is the kind of fact, as in the address."""

    key: str
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Title, figures, the bar, the buttons group by group, and where the tools are from."""

    title: str
    subtitle: str
    figures: tuple[tuple[str, str, str], ...]
    bar: tuple[Segment, ...]
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    sources: tuple[tuple[str, str, str], ...]
    total: int


def overview(shown: Shown) -> Overview:
    """Count what is shown; a kind of fact that no tool differs in gets no buttons."""
    catalogs = tuple(catalog for catalog in shown.catalogs if shown.of(catalog))
    tools = tuple(entry.tool for entry in shown.entries)
    title = escape_terminal(catalogs[0].server_name) if len(catalogs) == 1 else f"{len(catalogs):,} servers"
    return Overview(
        title=title,
        subtitle=asked(shown.selection),
        figures=tuple(_figures(tools)),
        bar=tuple(_bar(shown)),
        groups=tuple(group for group in _groups(shown, catalogs, tools) if len(group[1]) > 1),
        sources=tuple(
            (escape_terminal(catalog.server_id), escape_terminal(catalog.name), catalog.digest) for catalog in catalogs
        ),
        total=len(tools),
    )


def _figures(tools: tuple[Tool, ...]) -> Iterator[tuple[str, str, str]]:
    """A number, what it counts, and what to make of it."""
    critical = sum(tool.risk is Risk.CRITICAL for tool in tools)
    unsure = sum(tool.confidence is Confidence.LOW for tool in tools)
    reviewed = sum(tool.reviewed is not None and not is_stale(tool) for tool in tools)
    pinned = sum(tool.digest is not None for tool in tools)
    yield f"{critical:,}", "critical", "one wrong call can cost money, or what cannot be brought back"
    yield f"{unsure:,}", "not sure", "the evidence is thin or at odds; rules follow the stricter class"
    yield f"{reviewed:,}", "reviewed", "a person has judged the class of the tool as it is now"
    yield f"{pinned:,}", "pinned", "the digest fits the definition; keep the catalog, and a change shows"


def _bar(shown: Shown) -> Iterator[Segment]:
    counts = by_category(shown.entries)
    total = max(1, sum(counts.values()))
    start = 0.0
    for category, count in counts.items():
        width = round(count / total * _WIDTH, 2)
        yield Segment(category or UNCLASSIFIED, count, round(start, 2), width)
        start += width


def _groups(
    shown: Shown, catalogs: tuple[Catalog, ...], tools: tuple[Tool, ...]
) -> Iterator[tuple[str, tuple[Choice, ...]]]:
    yield "Class", tuple(_counted("class", ((each, [tool.category for tool in tools]) for each in Category)))
    yield "Risk", tuple(_counted("risk", ((each, [tool.risk for tool in tools]) for each in reversed(Risk))))
    yield "Tag", tuple(_counted("tag", ((each, [tag for tool in tools for tag in tool.tags]) for each in Tag)))
    servers = (
        Choice("on", catalog.server_id, escape_terminal(catalog.server_id), len(shown.of(catalog)))
        for catalog in catalogs
    )
    yield "Server", tuple(sorted(servers, key=lambda choice: choice.label.casefold()))


def _counted(key: str, values: Iterable[tuple[Category | Risk | Tag, list[object]]]) -> Iterator[Choice]:
    for value, found in values:
        if count := found.count(value):
            yield Choice(key, value.value, value.value, count)
