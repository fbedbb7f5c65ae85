"""Catalogs for programs: `policyctl/catalog-show/v1`."""

from __future__ import annotations

import json
from collections.abc import Mapping

from policyctl import SEMANTICS, __version__
from policyctl.catalog.arguments import Argument
from policyctl.catalog.attacks import Threat
from policyctl.catalog.select import Entry, Selection
from policyctl.model.catalog import Catalog, Tag, Tool
from policyctl.model.values import JSONValue
from policyctl.recommend.compose import compose
from policyctl.recommend.evidence import decisive
from policyctl.recommend.rule import Recommendation
from policyctl.report.catalog.show.page import description
from policyctl.report.catalog.show.result import Shown, ToolPage, by_category
from policyctl.report.recommend.json import evidence_fields
from policyctl.report.recommend.words import rule_words


def render(shown: Shown, exit_code: int) -> str:
    """One object, its keys in a fixed order."""
    report: dict[str, JSONValue] = {
        "schema": "policyctl/catalog-show/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "catalogs": [_catalog(catalog, shown) for catalog in shown.catalogs],
        "selection": _selection(shown.selection),
        "tools": [_tool(entry) for entry in shown.entries],
        "page": None if shown.page is None else _page(shown.page),
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _catalog(catalog: Catalog, shown: Shown) -> JSONValue:
    entries = shown.of(catalog)
    return {
        "file": catalog.name,
        "digest": catalog.digest,
        "server": {"id": catalog.server_id, "name": catalog.server_name, "version": catalog.server_version},
        "tools": len(catalog.tools),
        "shown": len(entries),
        "categories": {category or "unclassified": count for category, count in by_category(entries).items()},
    }


def _selection(selection: Selection) -> JSONValue:
    return {
        "risks": [risk.value for risk in sorted(selection.risks, key=lambda risk: risk.rank)],
        "categories": [category.value for category in sorted(selection.categories, key=lambda each: each.rank)],
        "tags": _tags(selection.tags),
        "servers": list[JSONValue](sorted(selection.servers)),
    }


def _tags(tags: frozenset[Tag]) -> list[JSONValue]:
    return [tag.value for tag in Tag if tag in tags]


def _tool(entry: Entry) -> JSONValue:
    tool = entry.tool
    evidence = decisive(tool)
    return {
        "server": entry.catalog.server_id,
        "name": tool.name,
        "category": tool.category,
        "risk": tool.risk,
        "tags": _tags(tool.tags),
        "confidence": tool.confidence,
        "reviewed": tool.reviewed is not None,
        "evidence": None if evidence is None else evidence_fields(evidence),
    }


def _page(page: ToolPage) -> JSONValue:
    tool = page.entry.tool
    return {
        "title": tool.title,
        "description": description(tool),
        "evidence": [evidence_fields(evidence) for evidence in tool.evidence],
        "reviewed": _review(tool),
        "digest": tool.digest,
        "signs": [sign.value for sign in sorted(page.signs)],
        "arguments": [_argument(argument) for argument in page.arguments],
        "attacks": [_attack(threat) for threat in page.threats],
        "recommended": [_recommended(recommendation) for recommendation in page.recommended],
        "ways": [{"aim": way.aim, "words": way.words, "policy": dict(way.policy)} for way in page.ways],
        "related": [
            {"name": each.tool.name, "category": each.tool.category, "relation": each.relation, "words": [*each.words]}
            for each in page.related
        ],
    }


def _review(tool: Tool) -> JSONValue:
    if tool.reviewed is None:
        return None
    said = tool.reviewed
    return {"by": said.by, "on": said.on, "category": said.category, "risk": said.risk, "why": said.why}


def _argument(argument: Argument) -> JSONValue:
    return {
        "name": argument.name,
        "type": argument.type,
        "required": argument.required,
        "kinds": list[JSONValue](argument.kinds),
        "choices": list(argument.choices),
    }


def _attack(threat: Threat) -> JSONValue:
    pattern = threat.pattern
    words: Mapping[str, str] = {"how": pattern.how, "needs": pattern.needs, "stops": pattern.stops}
    return {
        "id": pattern.id,
        "title": pattern.title,
        "because": threat.because,
        "arguments": list[JSONValue](threat.arguments),
        **words,
        "owasp_mcp": list[JSONValue](pattern.owasp_mcp),
        "owasp_agentic": list[JSONValue](pattern.owasp_agentic),
        "atlas": list[JSONValue](pattern.atlas),
        "cwe": list[JSONValue](pattern.cwe),
    }


def _recommended(recommendation: Recommendation) -> JSONValue:
    return {
        "profile": recommendation.profile,
        "outcome": recommendation.outcome,
        "words": rule_words(recommendation),
        "doubts": [{"category": each.category, "because": each.because} for each in recommendation.doubts],
        "policy": compose((recommendation,)),
    }
