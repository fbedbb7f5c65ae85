"""The report of a recommendation for programs: `policyctl/recommend/v1`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from policyctl import SEMANTICS, __version__
from policyctl.diff.result import Change, PolicyDiff, SequenceWitness, Side, Unproven
from policyctl.model.catalog import Evidence
from policyctl.recommend.hole import holes
from policyctl.recommend.rule import Recommendation
from policyctl.recommend.step import Step
from policyctl.report.recommend.result import Advice, RecommendResult

Fields = dict[str, Any]


def render(result: RecommendResult) -> str:
    """One object, its keys in a fixed order; beyond ASCII everything is escaped."""
    fields = {**head("recommend"), **_result(result)}
    return json.dumps(fields, indent=2) + "\n"


def head(kind: str) -> Fields:
    """What a report for programs starts with."""
    return {"schema": f"policyctl/{kind}/v1", "policyctl": __version__, "semantics": SEMANTICS}


def _result(result: RecommendResult) -> Fields:
    return {
        "exit": result.code,
        "profile": result.profile,
        "approval": result.approval,
        "overrides": None if result.overrides is None else asdict(result.overrides),
        "servers": [_server(advice) for advice in result.advices],
        "empty_servers": [catalog.server_id for catalog in result.empty],
    }


def _server(advice: Advice) -> Fields:
    catalog = advice.catalog
    return {
        "server": catalog.server_id,
        "catalog": {"file": catalog.name, "digest": catalog.digest},
        "file": advice.file,
        "policy": advice.document,
        "tools": [tool_fields(each) for each in advice.recommendations],
        "unprotected": [
            {"kind": hole.kind, "tools": list(hole.tools), "others": list(hole.others)}
            for hole in holes(advice.recommendations)
        ],
        "findings": [
            {"code": found.code, "severity": found.severity.value, "message": found.message, "pointer": found.pointer}
            for found in advice.findings
        ],
        "merge": None if advice.merging is None else _merge(advice),
        "against": None if advice.against is None else _against(advice.against),
    }


def tool_fields(each: Recommendation) -> Fields:
    """One tool: its class, its rule, and why."""
    tool = each.tool
    return {
        "tool": tool.name,
        "category": tool.category,
        "risk": tool.risk,
        "confidence": tool.confidence,
        "tags": sorted(tool.tags),
        "outcome": each.outcome,
        "hidden": each.is_hidden,
        "rules": each.rules,
        "decisive": None if each.evidence is None else evidence_fields(each.evidence),
        "reviewed": None if tool.reviewed is None else {"by": tool.reviewed.by, "on": tool.reviewed.on},
        "doubts": [{"category": doubt.category, "because": doubt.because} for doubt in each.doubts],
        "to_complete": None
        if each.gap is None
        else {"path": each.gap.path, "kind": each.gap.kind, "example": each.gap.example},
        "loosen": _steps(each.loosen),
        "tighten": _steps(each.tighten),
    }


def evidence_fields(evidence: Evidence) -> Fields:
    """One signal."""
    return {"signal": evidence.signal, "where": evidence.where, "says": evidence.says}


def _steps(steps: Iterable[Step]) -> list[Fields]:
    return [{"what": step.words, "rules": step.rules} for step in steps]


def _merge(advice: Advice) -> Fields:
    merging = advice.merging
    assert merging is not None
    return {
        "policy": {"file": merging.present.name, "digest": merging.present.digest},
        "default": merging.present.default,
        "kept": [
            {
                "tool": kept.recommendation.tool.name,
                "rules": kept.rules,
                "as_recommended": kept.is_as_recommended,
            }
            for kept in merging.kept
        ],
        "weaker": [_change(change, change.wider) for change in advice.weaker],
        "added": [each.tool.name for each in merging.added],
        "opened": [each.tool.name for each in merging.opened],
        "unlisted": list(merging.unlisted),
    }


def _against(diff: PolicyDiff) -> Fields:
    return {
        "policy": {"file": diff.old.name, "digest": diff.old.digest},
        "relation": diff.relation,
        "wider": [_change(change, change.wider) for change in diff.entries if change.wider is not None],
        "narrower": [_change(change, change.narrower) for change in diff.entries if change.narrower is not None],
    }


def _change(change: Change, side: Side) -> Fields:
    """One difference; without a witness it is not known whether there is one, for the reasons given."""
    if side is None or isinstance(side, Unproven):
        return {"tool": change.name, "witness": None, "reasons": list(change.reasons)}
    witness = {
        "tool": side.call.tool,
        "args": side.call.args,
        "calls": side.count if isinstance(side, SequenceWitness) else 1,
        "approved": side.is_approved,
        "old": side.old.verdict,
        "new": side.new.verdict,
    }
    return {"tool": change.name, "witness": witness, "reasons": []}
