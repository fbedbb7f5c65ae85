"""The report of a simulation for programs: `policyctl/simulate/v1`."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.model.values import JSONValue
from policyctl.report.diagnostics.json import entry
from policyctl.report.simulate.json_limits import limit_fields, time_field
from policyctl.report.simulate.json_outcomes import approvals_fields, fidelity_fields, gate_fields, labels_fields
from policyctl.simulate.result import Counts, Coverage, IdleRule, Input, RuleRow, Simulation, ToolRow, TraceInput

Fields = dict[str, JSONValue]


def render(simulation: Simulation, *, compact: bool = False) -> str:
    """One object, its keys in a fixed order; on one line if `compact`."""
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    layout = json.dumps(
        report_of(simulation), indent=None if compact else 2, separators=(",", ":") if compact else None
    )
    return layout + "\n"


def report_of(simulation: Simulation) -> Fields:
    """The report as an object."""
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
        "verdicts": verdicts_fields(simulation.coverage.counts),
        "tools": [_tool(tool) for tool in simulation.tools],
        "servers": _groups("server", simulation.servers),
        "categories": _groups("category", simulation.classes),
        "risks": _groups("risk", simulation.risks),
        "rules": [_rule(rule) for rule in simulation.rules],
        "idle_rules": [_idle_rule(rule) for rule in simulation.idle_rules],
        "limits": [limit_fields(limit) for limit in simulation.limits],
        "approvals": None if simulation.approvals is None else approvals_fields(simulation.approvals),
        "labels": None if simulation.labels is None else labels_fields(simulation.labels),
        "fidelity": None if simulation.fidelity is None else fidelity_fields(simulation.fidelity),
        "gates": [gate_fields(gate) for gate in simulation.gates],
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
        "first": time_field(coverage.first),
        "last": time_field(coverage.last),
    }


def verdicts_fields(counts: Counts) -> Fields:
    """Calls by verdict."""
    return {
        "allow": counts.allow,
        "deny": counts.deny,
        "approval": counts.approval,
        "undetermined": counts.undetermined,
    }


def _groups(name: str, groups: tuple[tuple[str, Counts], ...]) -> list[JSONValue]:
    return [{name: group, "calls": counts.calls, "verdicts": verdicts_fields(counts)} for group, counts in groups]


def _tool(row: ToolRow) -> Fields:
    return {
        "server": row.server,
        "tool": row.tool,
        "recorded": list(row.recorded),
        "calls": row.counts.calls,
        "verdicts": verdicts_fields(row.counts),
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
