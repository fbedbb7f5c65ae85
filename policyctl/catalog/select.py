"""Tools of catalogs picked by what is known of them, and one tool picked by its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog, Category, Risk, Tag, Tool
from policyctl.reading.suggest import closest, listing
from policyctl.source.fault import quote


@dataclass(frozen=True, slots=True)
class Selection:
    """What a tool has to be; of several values of one kind any will do, and no value asks for nothing."""

    risks: frozenset[Risk] = frozenset()
    categories: frozenset[Category] = frozenset()
    tags: frozenset[Tag] = frozenset()
    servers: frozenset[str] = frozenset()

    def holds(self, catalog: Catalog, tool: Tool) -> bool:
        """Whether a tool of this catalog is all of it."""
        return (
            (not self.risks or tool.risk in self.risks)
            and (not self.categories or tool.category in self.categories)
            and (not self.tags or not self.tags.isdisjoint(tool.tags))
            and (not self.servers or catalog.server_id in self.servers)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A tool and the catalog that it stands in."""

    catalog: Catalog
    tool: Tool


def select(catalogs: Iterable[Catalog], selection: Selection) -> tuple[Entry, ...]:
    """The tools that are asked for, server by server as given, in each the riskiest first."""
    return tuple(
        Entry(catalog, tool)
        for catalog in catalogs
        for tool in sorted(catalog.tools.values(), key=riskiest_first)
        if selection.holds(catalog, tool)
    )


def riskiest_first(tool: Tool) -> tuple[int, int, str, str]:
    """Sorts tools by risk, then by class, then by name."""
    # What nobody has classified may be the riskiest of all.
    risk = len(Risk) if tool.risk is None else tool.risk.rank
    category = len(Category) if tool.category is None else tool.category.rank
    return (-risk, -category, tool.name.casefold(), tool.name)


def known_servers(catalogs: Iterable[Catalog], names: Iterable[str]) -> frozenset[str]:
    """The names of servers that were asked for; PolicyctlError if the catalogs have none of such a name."""
    known = tuple(catalog.server_id for catalog in catalogs)
    for name in names:
        if name not in known:
            near = closest(name, known)
            hint = f"did you mean {quote(near)}?" if near is not None else f"there is {listing(known[:8], joint='and')}"
            raise PolicyctlError(f"no catalog is of a server {quote(name)}", hint=hint)
    return frozenset(names)


def the_tool(catalogs: Iterable[Catalog], name: str) -> Entry:
    """The one tool of this exact name; PolicyctlError if there is none, or several servers have one."""
    given = tuple(catalogs)
    found = [Entry(catalog, catalog.tools[name]) for catalog in given if name in catalog.tools]
    if len(found) == 1:
        return found[0]
    if found:
        servers = listing([entry.catalog.server_id for entry in found], joint="and")
        hint = f"choose one: `--server {found[0].catalog.server_id}`"
        raise PolicyctlError(f"the tool {quote(name)} is on several servers, {servers}", hint=hint)
    near = closest(name, (tool for catalog in given for tool in catalog.tools))
    hint = f"did you mean {quote(near)}?" if near is not None else "`policyctl catalog show` lists the names"
    raise PolicyctlError(f"no tool {quote(name)} in {_where(given)}", hint=hint)


def _where(catalogs: tuple[Catalog, ...]) -> str:
    if len(catalogs) == 1:
        return f"the catalog of {quote(catalogs[0].server_id)}"
    return f"{len(catalogs):,} catalogs"
