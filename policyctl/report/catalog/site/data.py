"""What the script knows of each tool, as JSON that can stand in a document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from policyctl.catalog.abuse.pattern import AttackPattern
from policyctl.catalog.attacks import Threat
from policyctl.catalog.select import Entry
from policyctl.catalog.signs import Sign
from policyctl.catalog.taxonomy import page_of, title_of
from policyctl.model.catalog import Tag, Tool
from policyctl.model.values import JSONValue
from policyctl.recommend.ways import Aim
from policyctl.report.catalog.show.page import choices, description, policy_of, signals
from policyctl.report.catalog.show.result import ToolPage
from policyctl.report.catalog.show.words import (
    AIMS,
    CONFIDENCE,
    PROFILES,
    SIGNS,
    STANDALONE,
    UNCLASSIFIED,
    because,
    doubts,
    pin,
    review,
)
from policyctl.report.catalog.site.row import link
from policyctl.report.escape import escape_terminal
from policyctl.report.policy.json_ import render as as_policy
from policyctl.report.recommend.words import rule_words

#: Within a script element none of these may stand: they could end it, or start a comment.
_UNSAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def embedded(pages: Sequence[ToolPage]) -> str:
    """The JSON, in which no character means anything to a reader of HTML."""
    has_servers = len({page.entry.catalog.server_id for page in pages}) > 1
    place = {_key(page.entry): number for number, page in enumerate(pages)}
    patterns = {threat.pattern.id: threat.pattern for page in pages for threat in page.threats}
    document: JSONValue = {
        "tools": [_tool(page, place, has_servers=has_servers) for page in pages],
        "attacks": {name: _pattern(pattern) for name, pattern in sorted(patterns.items())},
        "aims": [[aim.value, *AIMS[aim]] for aim in Aim],
        "standalone": STANDALONE,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _key(entry: Entry) -> tuple[str, str]:
    return entry.catalog.server_id, entry.tool.name


def _pattern(pattern: AttackPattern) -> JSONValue:
    references: list[JSONValue] = [[each, title_of(each), page_of(each)] for each in pattern.references]
    return {
        "title": pattern.title,
        "how": pattern.how,
        "needs": pattern.needs,
        "stops": pattern.stops,
        "refs": references,
    }


def _tool(page: ToolPage, place: Mapping[tuple[str, str], int], *, has_servers: bool) -> JSONValue:
    tool, catalog = page.entry.tool, page.entry.catalog
    said = description(tool)
    return {
        "link": link(page.entry, has_servers=has_servers),
        "name": escape_terminal(tool.name) or "(no name)",
        "title": None if tool.title in {None, tool.name} else escape_terminal(tool.title or ""),
        "server": catalog.server_id,
        "said": None if said is None else escape_terminal(said),
        "class": tool.category or UNCLASSIFIED,
        "risk": tool.risk or "–",
        "tags": [tag.value for tag in Tag if tag in tool.tags],
        "sure": tool.confidence,
        "confidence": CONFIDENCE[tool.confidence],
        "evidence": [_shown(each.signal, each.where, each.says) for each in signals(tool)],
        "review": _review(tool),
        "pin": pin(page.signs),
        "signs": [SIGNS[sign] for sign in Sign if sign in page.signs and sign in SIGNS],
        "arguments": [
            [
                *_shown(each.name, each.type),
                each.required,
                ", ".join(each.kinds),
                *_shown(choices(each), each.description or ""),
            ]
            for each in page.arguments
        ],
        "attacks": list(map(_threat, page.threats)),
        "rules": list(_rules(page)),
        "ways": [[way.aim.value, escape_terminal(way.words), as_policy(way.policy)] for way in page.ways],
        "related": [
            [
                place.get((catalog.server_id, each.tool.name)),
                *_shown(each.tool.name),
                each.tool.category or UNCLASSIFIED,
                each.relation,
            ]
            for each in page.related
        ],
    }


def _shown(*texts: str) -> list[JSONValue]:
    return [escape_terminal(text) for text in texts]


def _review(tool: Tool) -> JSONValue:
    who = () if tool.reviewed is None else (tool.reviewed.by, tool.reviewed.on, tool.reviewed.why)
    return [review(tool), *_shown(*who)]


def _threat(threat: Threat) -> JSONValue:
    return [threat.pattern.id, escape_terminal(because(threat)), _shown(*threat.arguments)]


def _rules(page: ToolPage) -> Iterator[JSONValue]:
    """A rule once for all profiles that agree on it."""
    for policy, agreeing in groupby(page.recommended, key=policy_of):
        same = tuple(agreeing)
        profiles: Iterable[JSONValue] = [[each.profile.value, PROFILES[each.profile]] for each in same]
        yield [list(profiles), rule_words(same[0]), _shown(*doubts(same[0])), policy]
