"""Tools with a class, and with what their catalog leaves open about it."""

from __future__ import annotations

from dataclasses import replace

from policyctl.catalog.classify import NO_OVERRIDES, Overrides, classify, classify_catalog
from policyctl.model.catalog import Catalog, Evidence, Tool
from policyctl.recommend.standing import CONTESTED


def completed(catalog: Catalog, overrides: Overrides = NO_OVERRIDES) -> Catalog:
    """The catalog with a class, evidence and tags for every tool; a class that it gives is kept."""
    judged = classify_catalog(catalog, overrides=overrides)
    tools = {
        name: _with_evidence(tool, catalog) if tool is catalog.tools[name] else tool
        for name, tool in judged.tools.items()
    }
    return replace(judged, tools=tools)


def _with_evidence(tool: Tool, catalog: Catalog) -> Tool:
    """A class that the catalog gives without a reason gets those of the signals, which may speak against it."""
    if tool.evidence and tool.tags:
        return tool
    signals = classify(replace(tool, reviewed=None), server=catalog.server_id)
    tags = tool.tags or signals.tags
    if tool.evidence:
        return replace(tool, tags=tags)
    if signals.category is tool.category:
        return replace(tool, tags=tags, evidence=signals.evidence)
    if tool.category is None or signals.category is None or signals.category.rank < tool.category.rank:
        return replace(tool, tags=tags, evidence=(Evidence("given", "catalog", "gives the class"),))
    given = Evidence(CONTESTED, "catalog", "gives the class without a reason")
    against = Evidence("against", "signals", f"without the catalog it would be {signals.category}")
    return replace(tool, tags=tags, evidence=(given, against))
