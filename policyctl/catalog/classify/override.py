"""A catalog with classes: overrides of a file, then what tools carry already, then the signals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase

from policyctl.catalog.classify.risk import DEFAULT
from policyctl.catalog.classify.tool import classify
from policyctl.model.catalog import Catalog, Confidence, Evidence, Tool
from policyctl.model.override import NO_OVERRIDES, Override, Overrides


def classify_catalog(
    catalog: Catalog, *, overrides: Overrides = NO_OVERRIDES, trusted: bool = False, renew: bool = False
) -> Catalog:
    """The catalog with a class for every tool; tools that carry one keep it unless `renew`, or an override names them."""
    tools = {
        name: _judged(tool, catalog.server_id, overrides, trusted=trusted, renew=renew)
        for name, tool in catalog.tools.items()
    }
    return replace(catalog, tools=tools)


def _judged(tool: Tool, server: str, overrides: Overrides, *, trusted: bool, renew: bool) -> Tool:
    override = override_of(overrides, server, tool.name)
    if tool.category is not None and tool.risk is not None and not renew and override is None and tool.reviewed is None:
        return tool
    judged = classify(tool, server=server, trusted=trusted)
    return judged if override is None or tool.reviewed is not None else _overridden(judged, override)


def override_of(overrides: Overrides, server: str, tool: str) -> Override | None:
    """The first of the file that names the tool: exact names before patterns, those of the server before those of any."""
    fitting = [
        each
        for each in overrides.entries
        if each.server in {None, server} and (each.tool == tool or fnmatchcase(tool, each.tool))
    ]
    return min(fitting, key=lambda each: (each.tool != tool, each.server is None), default=None)


def unused(overrides: Overrides, catalogs: Iterable[Catalog]) -> Iterator[Override]:
    """Overrides that decide about no tool: of another server, of a name that is gone, or behind one that is nearer."""
    used = {override_of(overrides, catalog.server_id, name) for catalog in catalogs for name in catalog.tools}
    return (each for each in overrides.entries if each not in used)


def _overridden(tool: Tool, override: Override) -> Tool:
    category = override.category or tool.category
    assert category is not None
    changes_category = override.category is not None and override.category is not tool.category
    risk = override.risk or (DEFAULT[category] if changes_category else tool.risk)
    said = [Evidence("override", override.place, override.why or f"{category}, by a pattern of the file")]
    if changes_category:
        said.append(Evidence("against", "signals", f"without the override it would be {tool.category}"))
    return replace(tool, category=category, risk=risk, confidence=Confidence.HIGH, evidence=(*said, *tool.evidence))
