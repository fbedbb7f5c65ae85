"""The report of a simulation for programs: `policyctl/simulate/v1`."""

from __future__ import annotations

import json
from decimal import Decimal

from policyctl import SEMANTICS, __version__
from policyctl.engine.amount import Amount, maximum_of
from policyctl.model.time import format_instant
from policyctl.model.values import JSONValue
from policyctl.report.diagnostics.json import entry
from policyctl.report.simulate.limits import headroom
from policyctl.report.simulate.words import plain
from policyctl.simulate.result import (
    ApprovalLoad,
    Counts,
    Coverage,
    Fidelity,
    GateResult,
    IdleRule,
    Input,
    LabelScore,
    LimitRow,
    RuleRow,
    Simulation,
    ToolRow,
    TraceInput,
)
from policyctl.source.pointer import format_path

Fields = dict[str, JSONValue]

#: Every integer up to here survives a reader whose numbers are binary64.
_EXACT_INTEGERS = 2**53


def render(simulation: Simulation, *, compact: bool = False) -> str:
    """One object, its keys in a fixed order; on one line if `compact`."""
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    layout = json.dumps(_report(simulation), indent=None if compact else 2, separators=(",", ":") if compact else None)
    return layout + "\n"


def _report(simulation: Simulation) -> Fields:
    return {
        "schema": "policyctl/simulate/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": simulation.code,
        "windows": simulation.windows,
        "policies": [_input(policy) for policy in simulation.policies],
        "catalogs": [_input(catalog) for catalog in simulation.catalogs],
        "traces": [_trace(trace) for trace in simulation.traces],
        "coverage": _coverage(simulation.coverage),
        "verdicts": _verdicts(simulation.coverage.counts),
        "tools": [_tool(tool) for tool in simulation.tools],
        "servers": _groups("server", simulation.servers),
        "categories": _groups("category", simulation.classes),
        "risks": _groups("risk", simulation.risks),
        "rules": [_rule(rule) for rule in simulation.rules],
        "idle_rules": [_idle_rule(rule) for rule in simulation.idle_rules],
        "limits": [_limit(limit) for limit in simulation.limits],
        "approvals": None if simulation.approvals is None else _approvals(simulation.approvals),
        "labels": None if simulation.labels is None else _labels(simulation.labels),
        "fidelity": None if simulation.fidelity is None else _fidelity(simulation.fidelity),
        "gates": [_gate(gate) for gate in simulation.gates],
        "diagnostics": [entry(diagnostic, None) for diagnostic in simulation.diagnostics],
    }


def _input(file: Input) -> Fields:
    return {"file": file.name, "digest": file.digest, "server": file.server}


def _trace(trace: TraceInput) -> Fields:
    return {
        "file": trace.name,
        "digest": trace.digest,
        "lines": trace.lines,
        "bad_lines": trace.bad_lines,
        "asides": trace.asides,
        "truncated": trace.truncated,
    }


def _coverage(coverage: Coverage) -> Fields:
    return {
        "calls": coverage.calls,
        "sessions": coverage.sessions,
        "decided": coverage.counts.decided,
        "undetermined": coverage.counts.undetermined,
        "causes": [{"cause": cause, "calls": calls} for cause, calls in coverage.causes.items()],
        "facts_to_record": list(coverage.facts),
        "grant": {"declared": coverage.declared, "needed": coverage.grant_needed},
        "servers": list(coverage.servers),
        "not_governed": [{"server": server, "calls": calls} for server, calls in coverage.not_governed.items()],
        "duplicates": coverage.duplicates,
        "renamed": coverage.renamed,
        "late": coverage.late,
        "without_session": coverage.without_session,
        "without_grant": coverage.without_grant,
        "without_time": coverage.untimed,
        "bad_times": coverage.bad_times,
        "approvals_on_record": coverage.approvals_on_record,
        "first": _time(coverage.first),
        "last": _time(coverage.last),
    }


def _time(moment: int | None) -> str | None:
    return None if moment is None else format_instant(moment)


def _verdicts(counts: Counts) -> Fields:
    return {
        "allow": counts.allow,
        "deny": counts.deny,
        "approval": counts.approval,
        "undetermined": counts.undetermined,
    }


def _groups(name: str, groups: tuple[tuple[str, Counts], ...]) -> list[JSONValue]:
    return [{name: group, "calls": counts.calls, "verdicts": _verdicts(counts)} for group, counts in groups]


def _tool(row: ToolRow) -> Fields:
    return {
        "server": row.server,
        "tool": row.tool,
        "recorded": list(row.recorded),
        "calls": row.counts.calls,
        "verdicts": _verdicts(row.counts),
        "in_policy": row.in_policy,
        "in_catalog": row.in_catalog,
        "category": row.category,
        "risk": row.risk,
    }


def _rule(row: RuleRow) -> Fields:
    return {
        "policy": row.policy,
        "rule": row.rule,
        "pointer": row.pointer,
        "verdict": row.verdict.value,
        "message": row.message,
        "calls": row.calls,
        "tools": list(row.tools),
        "first": {"file": row.file, "line": row.line},
    }


def _idle_rule(rule: IdleRule) -> Fields:
    return {"policy": rule.policy, "rule": rule.rule, "pointer": rule.pointer, "reached": rule.reached}


def _limit(row: LimitRow) -> Fields:
    limit = row.limit
    return {
        "policy": row.policy,
        "rule": limit.rule,
        "pointer": limit.pointer,
        "counter": limit.counter,
        "max": amount(maximum_of(limit)),
        "window": limit.window,
        "scope": limit.scope.value,
        "amount_from": None if limit.amount_from is None else format_path(limit.amount_from),
        "denied": row.denied,
        "sliding_denied": row.sliding_denied,
        "peak": {"used": amount(row.peak), "subject": row.peak_subject, "at": _time(row.peak_at)},
        "headroom": amount(headroom(row)),
        "enough": amount(row.demand),
        "subjects": row.subjects,
        "uncertain": row.uncertain,
    }


def amount(exact: Amount) -> JSONValue:
    """A number if a reader with binary64 gets the exact one back; else its digits as text."""
    value = plain(exact)
    if isinstance(value, int):
        # A text by way of Decimal: Python refuses to print integers of more than 4,300 digits.
        return value if abs(value) <= _EXACT_INTEGERS else str(Decimal(value))
    nearest = float(value)
    return nearest if Decimal(repr(nearest)) == value else str(value)


def _approvals(load: ApprovalLoad) -> Fields:
    return {
        "calls": load.calls,
        "sessions": load.sessions,
        "most_in_a_session": load.most_in_a_session,
        "most_in_an_hour": load.most_in_an_hour,
        "repeats": load.repeats,
    }


def _labels(score: LabelScore) -> Fields:
    return {
        "bad": {
            "selector": score.bad_selector,
            "attack_call": score.attack_selector,
            "sessions": score.bad,
            "stopped": score.stopped,
            "any_denial": score.touched,
            "waiting": score.bad_held,
            "undetermined": score.bad_open,
        },
        "good": {
            "selector": score.good_selector,
            "sessions": score.good,
            "broken": score.broken,
            "waiting": score.good_held,
            "undetermined": score.good_open,
            "examples": [
                {
                    "session": example.session,
                    "tool": example.tool,
                    "rule": example.rule,
                    "first": {"file": example.file, "line": example.line},
                }
                for example in score.examples
            ],
        },
        "unlabelled": score.unlabelled,
        "both": score.both,
        "baselines": {
            "deny_everything": {"stopped": score.bad, "broken": score.good},
            "allow_everything": {"stopped": 0, "broken": 0},
        },
    }


def _fidelity(fidelity: Fidelity) -> Fields:
    return {
        "recorded": fidelity.recorded,
        "same": fidelity.same,
        "undetermined": fidelity.undetermined,
        "misses": [{"recorded": then, "replayed": now, "calls": calls} for then, now, calls in fidelity.misses],
    }


def _gate(gate: GateResult) -> Fields:
    return {
        "gate": gate.name,
        "bound": gate.bound,
        "found": gate.found,
        "passed": gate.passed,
        "exit": 0 if gate.passed else gate.code,
    }
