"""The report of a comparison for programs: `policyctl/diff/v1`."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.cells.trial import Burst
from policyctl.diff.result import (
    CallWitness,
    Change,
    Direction,
    Relation,
    SequenceWitness,
    Side,
    Unproven,
    Visibility,
    Witness,
)
from policyctl.model.decision import Decision
from policyctl.model.values import JSONValue
from policyctl.report.diff.result import DiffReport
from policyctl.report.witness import call_fields

Fields = dict[str, JSONValue]


def render(report: DiffReport) -> str:
    """One object, its keys in a fixed order."""
    return json.dumps(report_of(report), indent=2) + "\n"


def report_of(report: DiffReport) -> Fields:
    """The same as an object, for a report that holds others."""
    diff, catalog = report.diff, report.catalog
    return {
        "schema": "policyctl/diff/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": report.code,
        "old": {"file": diff.old.name, "digest": diff.old.digest},
        "new": {"file": diff.new.name, "digest": diff.new.digest},
        "catalog": None if catalog is None else {"file": catalog.name, "digest": catalog.digest},
        "relation": diff.relation.value,
        "compared": diff.compared,
        "in_both": diff.in_both,
        "undetermined": sum(change.relation is Relation.UNDETERMINED for change in diff.changes),
        "tools": [_change(report, change) for change in diff.changes],
        "any_other_tool": _change(report, diff.others),
        "all_tools_limits": _change(report, diff.all_tools),
        "default": {
            "old": diff.old.default.value,
            "new": diff.new.default.value,
            "tools": [_change(report, change) for change in diff.touched],
        },
        "visibility": [_visibility(seen) for seen in diff.visibility],
        "gates": [
            {
                "gate": str(gate),
                "failed_by": [change.name for fail in report.failures if fail.gate == gate for change in fail.changes],
            }
            for gate in report.gates
        ],
        "wording": [{"pointer": one.pointer, "edit": one.edit.value} for one in report.rewordings],
        "recorded": _recorded(report),
    }


def _change(report: DiffReport, change: Change) -> Fields:
    return {
        "tool": change.name,
        "relation": change.relation.value,
        "category": change.category and change.category.value,
        "risk": change.risk and change.risk.value,
        "wider": _side(change.wider),
        "narrower": _side(change.narrower),
        "recorded": None
        if report.recorded is None
        else {direction.value: report.recorded.count(change.name, direction) for direction in Direction},
    }


def _side(side: Side) -> Fields | None:
    match side:
        case None:
            return None
        case Unproven(reasons):
            return {"undetermined": list(reasons)}
        case CallWitness() | SequenceWitness():
            return _witness(side)


def _witness(witness: Witness) -> Fields:
    shared: Fields = {
        "old": _decision(witness.old),
        "new": _decision(witness.new),
        "approval_on_record": witness.is_approved,
        "input_schema": witness.schema and witness.schema.value,
    }
    if isinstance(witness, SequenceWitness):
        return {
            "subject": witness.subject.value,
            "calls": witness.count,
            "sequence": [_burst(burst) for burst in witness.bursts],
            **shared,
        }
    return {
        "call": call_fields(witness.call),
        **shared,
        "is_smallest": witness.is_smallest,
        "input_schema_gaps": list(witness.schema_gaps),
    }


def _burst(burst: Burst) -> Fields:
    return {"ts": burst.call.ts, "count": burst.count, "call": call_fields(burst.call)}


def _decision(decision: Decision) -> Fields:
    return {"verdict": decision.verdict.value, "rule": decision.rule, "pointer": decision.pointer}


def _visibility(seen: Visibility) -> Fields:
    return {"tool": seen.name, "old": seen.old, "new": seen.new}


def _recorded(report: DiffReport) -> Fields | None:
    recorded = report.recorded
    if recorded is None:
        return None
    return {
        "calls": recorded.calls,
        "undetermined": recorded.undetermined,
        "contradicted": recorded.contradicted,
        "changed": sum(recorded.changed.values()),
        "bad_lines": report.bad_lines,
    }
