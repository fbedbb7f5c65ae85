"""A comparison of two policies over recorded calls for programs: `policyctl/simulate-base/v1`."""

from __future__ import annotations

import json
from collections.abc import Mapping

from policyctl import SEMANTICS, __version__
from policyctl.model.values import JSONValue
from policyctl.report.number import number_field
from policyctl.report.simulate.json import report_of, verdicts_fields
from policyctl.report.simulate.json_limits import limit_fields
from policyctl.report.simulate.json_outcomes import gate_fields
from policyctl.simulate.compare.change import Standing
from policyctl.simulate.compare.pairs import Sample
from policyctl.simulate.compare.result import (
    AmountRow,
    AmountSum,
    ChangeRow,
    Changes,
    Comparison,
    LimitPair,
    RulePair,
    RuleSide,
    ToolChanges,
)
from policyctl.source.pointer import format_path

Fields = dict[str, JSONValue]


def render(comparison: Comparison, *, compact: bool = False) -> str:
    """One object, its keys in a fixed order; on one line if `compact`."""
    layout = json.dumps(
        comparison_of(comparison), indent=None if compact else 2, separators=(",", ":") if compact else None
    )
    return layout + "\n"


def comparison_of(comparison: Comparison) -> Fields:
    """The report as an object."""
    return {
        "schema": "policyctl/simulate-base/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": comparison.code,
        "calls": comparison.calls,
        "compared": comparison.compared,
        "same": comparison.is_same,
        "no_common_tool": [{"base": base, "new": new} for base, new in comparison.strangers],
        "changes": [_change(row) for row in comparison.changes],
        "sessions": {"all": comparison.new.coverage.sessions, "changed": comparison.changed_sessions},
        "matrix": [
            {"base": old.value, "new": new.value, "calls": calls} for (old, new), calls in comparison.matrix.items()
        ],
        "tools": [_tool(row) for row in comparison.tools],
        "categories": _groups("category", comparison.classes),
        "risks": _groups("risk", comparison.risks),
        "rules": [_rule(pair) for pair in comparison.rules],
        "amounts": [_amount(row) for row in comparison.amounts],
        "limits": [_limit(pair) for pair in comparison.limits],
        "gates": [gate_fields(gate) for gate in comparison.gates],
        "base": report_of(comparison.base),
        "new": report_of(comparison.new),
    }


def _change(row: ChangeRow) -> Fields:
    return {"change": row.change.value, "calls": row.calls, **_standing(row.by_standing)}


def _standing(calls: Mapping[Standing, int]) -> Fields:
    return {standing.value.replace("-", "_"): calls[standing] for standing in Standing}


def _changes(changes: Changes) -> Fields:
    return {change.value: calls for change, calls in changes.items()}


def _tool(row: ToolChanges) -> Fields:
    return {
        "server": row.server,
        "tool": row.tool,
        "category": row.category,
        "risk": row.risk,
        "calls": row.new.calls,
        "changes": _changes(row.changes),
        "base": verdicts_fields(row.base),
        "new": verdicts_fields(row.new),
    }


def _groups(name: str, groups: tuple[tuple[str, Changes], ...]) -> list[JSONValue]:
    return [{name: group, "calls": sum(changes.values()), "changes": _changes(changes)} for group, changes in groups]


def _rule(pair: RulePair) -> Fields:
    return {
        "change": pair.change.value,
        "server": pair.server,
        "base": _side(pair.base),
        "new": _side(pair.new),
        "calls": pair.calls,
        **_standing(pair.by_standing),
        "tools": list(pair.tools),
        "samples": [_sample(sample) for sample in pair.samples],
    }


def _side(side: RuleSide) -> Fields:
    return {
        "policy": side.policy,
        "verdict": side.verdict.value,
        "rule": side.rule,
        "pointer": side.pointer,
        "message": side.message,
        "cause": side.cause,
    }


def _sample(sample: Sample) -> Fields:
    return {
        "file": sample.file,
        "line": sample.line,
        "tool": sample.tool,
        "session": sample.session,
        "standing": None if sample.standing is None else sample.standing.value,
    }


def _amount(row: AmountRow) -> Fields:
    return {
        "server": row.server,
        "tool": row.tool,
        "amount": format_path(row.path),
        "let_through": _sum(row.let_through),
        "stopped": _sum(row.stopped),
    }


def _sum(found: AmountSum) -> Fields:
    total = None if found.total is None else number_field(found.total)
    return {"calls": found.calls, "counted": found.counted, "sum": total}


def _limit(pair: LimitPair) -> Fields:
    return {
        "base": None if pair.base is None else limit_fields(pair.base),
        "new": None if pair.new is None else limit_fields(pair.new),
    }
