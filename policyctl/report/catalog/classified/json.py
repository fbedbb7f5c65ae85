"""The report on classes for programs: `policyctl/catalog-classify/v1`."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.model.catalog import Category, Risk, Tag
from policyctl.model.values import JSONValue
from policyctl.report.catalog.classified.result import ClassifiedTool, ClassifyResult

_TAG_ORDER = tuple(Tag)


def render(result: ClassifyResult, exit_code: int) -> str:
    """One object, its keys in a fixed order; tools in the order of their catalogs."""
    report: dict[str, JSONValue] = {
        "schema": "policyctl/catalog-classify/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "annotations_trusted": result.trusted,
        "catalogs": [
            {
                "file": catalog.name,
                "digest": catalog.digest,
                "server": catalog.server_id,
                "tools": len(catalog.tools),
            }
            for catalog in result.catalogs
        ],
        "classes": [
            {"category": category, "risk": risk, "tools": result.count(category, risk)}
            for category in Category
            for risk in Risk
            if result.count(category, risk)
        ],
        "doubtful": len(result.doubtful),
        "tools": [_tool(each) for each in result.tools],
        "unused_overrides": [{"file": each.place, "server": each.server, "tool": each.tool} for each in result.unused],
    }
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps(report, indent=2) + "\n"


def _tool(each: ClassifiedTool) -> dict[str, JSONValue]:
    tool = each.tool
    return {
        "server": each.server,
        "tool": tool.name,
        "category": each.category,
        "risk": each.risk,
        "confidence": tool.confidence,
        "by": each.by,
        "tags": [tag.value for tag in sorted(tool.tags, key=_TAG_ORDER.index)],
        "evidence": [
            {"signal": evidence.signal, "where": evidence.where, "says": evidence.says} for evidence in tool.evidence
        ],
    }
