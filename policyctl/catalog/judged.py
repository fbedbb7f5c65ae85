"""Two lists of one server with classes that can be compared: a class that only one of them carries counts for both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from policyctl.catalog.classify import classify, classify_catalog
from policyctl.model.catalog import Catalog, Tool


def judged(olds: Iterable[Catalog], news: Iterable[Catalog]) -> tuple[tuple[Catalog, ...], tuple[Catalog, ...]]:
    """The same catalogs, in which every tool has a class.

    Where one side was judged and the other only lists, the judgement holds for both, unless the definitions differ so that
    signals alone put the newer one into a worse class: then it is in that class.
    """
    before, after = {each.server_id: each for each in olds}, {each.server_id: each for each in news}
    if len(before) == len(after) == 1:
        # One server on either side is the same one whatever it is called.
        pairs = [(next(iter(before)), next(iter(after)))]
    else:
        pairs = [(name, name) for name in before if name in after]
    old_tools = {new: before[old].tools for old, new in pairs}
    new_tools = {old: after[new].tools for old, new in pairs}
    return (
        tuple(classify_catalog(_older(each, new_tools.get(name, {}))) for name, each in before.items()),
        tuple(classify_catalog(_newer(each, old_tools.get(name, {}))) for name, each in after.items()),
    )


def _older(catalog: Catalog, others: Mapping[str, Tool]) -> Catalog:
    """What a later catalog says of tools that an earlier one only lists."""
    tools = {name: _like(tool, others[name]) if name in others else tool for name, tool in catalog.tools.items()}
    return replace(catalog, tools=tools)


def _newer(catalog: Catalog, others: Mapping[str, Tool]) -> Catalog:
    tools = {
        name: _worse(_like(tool, others[name]), others[name], catalog.server_id) if name in others else tool
        for name, tool in catalog.tools.items()
    }
    return replace(catalog, tools=tools)


def _is_judged(tool: Tool) -> bool:
    return tool.reviewed is not None or (tool.category is not None and tool.risk is not None)


def _like(tool: Tool, other: Tool) -> Tool:
    """The tool with the other's class, where only that one was judged; a review is of the other's definition alone."""
    if _is_judged(tool) or not _is_judged(other):
        return tool
    source = other.reviewed or other
    return replace(tool, category=source.category, risk=source.risk, tags=other.tags)


def _worse(tool: Tool, before: Tool, server: str) -> Tool:
    if not _is_judged(before) or tool.reviewed is not None:
        return tool
    was, now = (classify(_unjudged(each), server=server) for each in (before, tool))
    assert was.risk is not None
    assert now.risk is not None
    if now.risk.rank <= was.risk.rank or (tool.risk is not None and now.risk.rank <= tool.risk.rank):
        return tool
    return replace(tool, category=now.category, risk=now.risk, evidence=now.evidence)


def _unjudged(tool: Tool) -> Tool:
    return replace(tool, category=None, risk=None, confidence=None, evidence=(), reviewed=None)
