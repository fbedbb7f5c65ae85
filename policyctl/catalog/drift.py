"""What has changed between two catalogs: tools that came, went, were renamed or are not what they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from policyctl.catalog.changes.part import Difference
from policyctl.catalog.changes.rename import renamings
from policyctl.catalog.changes.tool import differences
from policyctl.catalog.digest import definition_digest
from policyctl.model.catalog import AS_LISTED, Catalog, Category, Risk, Tool


class Kind(StrEnum):
    """What became of a tool, in the order of reports."""

    ADDED = "added"
    RENAMED = "renamed"
    CHANGED = "changed"
    REMOVED = "removed"


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Change:
    """One tool of one server; `before` is None for one that is new, `after` for one that is gone.

    `alike` is what a renamed tool has in common with what it was (docs/catalog.md), None otherwise. `differences` are
    those of the server's words; a change without any is one of class.
    """

    kind: Kind
    server: str
    before: Tool | None
    after: Tool | None
    differences: tuple[Difference, ...] = ()
    alike: float | None = None

    @property
    def tool(self) -> Tool:
        """The tool as it is now, or was."""
        tool = self.after or self.before
        assert tool is not None
        return tool

    @property
    def classes(self) -> tuple[Category | None, Category | None]:
        """Category before and after; a review outranks the class beside it."""
        return _category(self.before), _category(self.after)

    @property
    def risks(self) -> tuple[Risk | None, Risk | None]:
        """Risk before and after."""
        return _risk(self.before), _risk(self.after)

    @property
    def is_raised(self) -> bool:
        """Whether the tool is in a worse class than before."""
        return self.before is not None and self.after is not None and _worse(self.before, self.after)

    @property
    def is_lowered(self) -> bool:
        """Whether the tool is in a milder class than before."""
        return self.before is not None and self.after is not None and _worse(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Drift:
    """All changes, by kind and name. `tools` counts those that are there on either side."""

    changes: tuple[Change, ...]
    tools: int

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind is kind)


def drift(old: Catalog, new: Catalog) -> Drift:
    """What changed from one catalog of a server to the next. Empty for equal ones; seen from the other side, added is removed."""
    before, after = listed(old), listed(new)
    gone = [tool for name, tool in before.items() if name not in after]
    come = [tool for name, tool in after.items() if name not in before]
    renamed = renamings(gone, come)
    moved = {tool.name for pair in renamed for tool in (pair.before, pair.after)}
    server = new.server_id
    changes = [
        *(Change(Kind.ADDED, server, None, tool) for tool in come if tool.name not in moved),
        *(
            Change(Kind.RENAMED, server, pair.before, pair.after, differences(pair.before, pair.after), pair.alike)
            for pair in renamed
        ),
        *_changed(server, before, after),
        *(Change(Kind.REMOVED, server, tool, None) for tool in gone if tool.name not in moved),
    ]
    ordered = sorted(changes, key=lambda change: (_RANK[change.kind], change.tool.name))
    return Drift(tuple(ordered), len(before.keys() | after.keys()))


def drift_of_all(olds: Iterable[Catalog], news: Iterable[Catalog]) -> Drift:
    """The same for several servers, paired by id; one server on either side is the same one whatever it is called."""
    before = {catalog.server_id: catalog for catalog in olds}
    after = {catalog.server_id: catalog for catalog in news}
    if len(before) == len(after) == 1:
        return drift(next(iter(before.values())), next(iter(after.values())))
    ids = sorted(before.keys() | after.keys())
    found = [drift(before.get(id, _nothing(id)), after.get(id, _nothing(id))) for id in ids]
    return Drift(tuple(change for each in found for change in each.changes), sum(each.tools for each in found))


def _nothing(server: str) -> Catalog:
    return Catalog("1", server, server)


def listed(catalog: Catalog) -> Mapping[str, Tool]:
    """A reviewed tool that the server no longer lists is kept, and is not there."""
    return {name: tool for name, tool in catalog.tools.items() if tool.fields.get(AS_LISTED) is not False}


def _changed(server: str, before: Mapping[str, Tool], after: Mapping[str, Tool]) -> Iterator[Change]:
    for name, tool in after.items():
        was = before.get(name)
        if was is None:
            continue
        is_same = definition_digest(was) == definition_digest(tool) and (was.title, was.fields) == (
            tool.title,
            tool.fields,
        )
        found = () if is_same else differences(was, tool)
        change = Change(Kind.CHANGED, server, was, tool, found)
        if found or change.is_raised or change.is_lowered:
            yield change


def _category(tool: Tool | None) -> Category | None:
    if tool is None:
        return None
    return tool.reviewed.category if tool.reviewed else tool.category


def _risk(tool: Tool | None) -> Risk | None:
    if tool is None:
        return None
    return tool.reviewed.risk if tool.reviewed else tool.risk


def _worse(one: Tool, other: Tool) -> bool:
    """Whether the class of `other` is known to be worse; a risk outranks a category, which need not have a worse one."""
    first, second = _risk(one), _risk(other)
    if first is not None and second is not None and first is not second:
        return second.rank > first.rank
    was, now = _category(one), _category(other)
    return was is not None and now is not None and now.rank > was.rank
