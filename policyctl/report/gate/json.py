"""The verdict of a gate for programs: `policyctl/gate/v1`, which holds the reports of the analyses as they are alone."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.gate.revised import Revised
from policyctl.gate.steps import Analysis, Step, exit_code
from policyctl.model.values import JSONValue
from policyctl.report.check import json as check_json
from policyctl.report.compare import json as compare_json
from policyctl.report.diff import json as diff_json
from policyctl.report.gate.result import GateReport
from policyctl.report.lint import json as lint_json
from policyctl.report.simulate import json as simulate_json
from policyctl.simulate.compare.result import Comparison

Fields = dict[str, JSONValue]


def render(report: GateReport) -> str:
    """One object, its keys in a fixed order."""
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps(_report(report), indent=2) + "\n"


def _report(report: GateReport) -> Fields:
    of = {step.analysis: exit_code(step.outcome) for step in report.steps}
    lint = max(of[Analysis.VALIDATE], of[Analysis.LINT])
    return {
        "schema": "policyctl/gate/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": report.code,
        "outcome": report.outcome.value,
        "base_rev": report.revision,
        "steps": [_step(step) for step in report.steps],
        "remarks": list(report.remarks),
        "policies": [_policy(revised) for revised in report.policies],
        "lint": lint_json.report_of(report.lint, lint),
        "diffs": [diff_json.report_of(diff) for diff in report.diffs],
        "check": None if report.check is None else check_json.report_of(report.check, of[Analysis.CHECK]),
        "simulate": _replay(report),
    }


def _step(step: Step) -> Fields:
    return {
        "analysis": step.analysis.value,
        "outcome": step.outcome.value,
        "says": step.says,
        "why": list(step.why),
    }


def _policy(revised: Revised) -> Fields:
    return {
        "file": revised.name,
        "server": revised.server,
        "standing": revised.standing.value,
        "base": None if revised.old is None else revised.old.document.digest,
        "digest": None if revised.new is None else revised.new.document.digest,
        "catalog": None if revised.catalog is None else revised.catalog.name,
    }


def _replay(report: GateReport) -> Fields | None:
    if report.replay is None:
        return None
    result = report.replay.result
    return compare_json.comparison_of(result) if isinstance(result, Comparison) else simulate_json.report_of(result)
