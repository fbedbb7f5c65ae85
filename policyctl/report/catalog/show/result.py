"""What `policyctl catalog show` found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policyctl.catalog.arguments import Argument
from policyctl.catalog.attacks import Threat
from policyctl.catalog.related import Related
from policyctl.catalog.select import Entry, Selection
from policyctl.catalog.signs import Sign
from policyctl.model.catalog import Catalog, Category
from policyctl.recommend.rule import Recommendation
from policyctl.recommend.ways import Way


@dataclass(frozen=True, slots=True)
class ToolPage:
    """All that is known about one tool, and what a policy can do with it; `recommended` has one rule a profile."""

    entry: Entry
    arguments: tuple[Argument, ...]
    threats: tuple[Threat, ...]
    signs: frozenset[Sign]
    recommended: tuple[Recommendation, ...]
    ways: tuple[Way, ...]
    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The tools that were asked for among those of all catalogs; `page` is the one that was asked for by name."""

    catalogs: tuple[Catalog, ...]
    selection: Selection
    entries: tuple[Entry, ...]
    page: ToolPage | None = None

    @property
    def total(self) -> int:
        """How many tools the catalogs have."""
        return sum(len(catalog.tools) for catalog in self.catalogs)

    def of(self, catalog: Catalog) -> tuple[Entry, ...]:
        """The tools of one catalog among those that were asked for."""
        return tuple(entry for entry in self.entries if entry.catalog is catalog)


def by_category(entries: Iterable[Entry]) -> Mapping[Category | None, int]:
    """How many tools there are of each class, the mildest first; those without a class come last."""
    counts = Counter(entry.tool.category for entry in entries)
    return {category: counts[category] for category in (*Category, None) if counts[category]}
