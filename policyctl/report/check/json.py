"""What became of assertions for programs: `policyctl/check/v1`."""

from __future__ import annotations

import json
from typing import TypeAlias

from policyctl import SEMANTICS, __version__
from policyctl.check.result import Breach, CheckResult, Overrun, Verdict
from policyctl.check.words import described
from policyctl.diagnostic import Diagnostic, Related
from policyctl.model.values import JSONValue
from policyctl.report.check.result import CheckReport
from policyctl.report.diagnostics.json import entry, span_of
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.witness import call_fields

Fields: TypeAlias = dict[str, JSONValue]


def render(report: CheckReport, exit_code: int) -> str:
    """One object, its keys in a fixed order."""
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps(report_of(report, exit_code), indent=2) + "\n"


def report_of(report: CheckReport, exit_code: int) -> Fields:
    """The same as an object, for a report that holds others."""
    return {
        "schema": "policyctl/check/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "checked": {"assertions": report.asserted, "policies": report.policies, "tools": report.tools},
        "outcomes": {outcome.value: number for outcome, number in report.outcomes.items()},
        "base_rev": report.revision,
        "absent": list(report.absent),
        "results": [_result(report, result) for result in report.results],
        "diagnostics": [_finding(diagnostic) for diagnostic in report.diagnostics],
    }


def _result(report: CheckReport, result: CheckResult) -> Fields:
    catalog = result.catalog
    return {
        "asserts": {"file": result.assertions.name, "digest": result.assertions.digest},
        "policy": {"file": result.policy.name, "digest": result.policy.digest},
        "catalog": None if catalog is None else {"file": catalog.name, "digest": catalog.digest},
        "verdicts": [_verdict(report, result, verdict) for verdict in result.verdicts],
    }


def _verdict(report: CheckReport, result: CheckResult, verdict: Verdict) -> Fields:
    assertion, meant = verdict.assertion, verdict.meant
    return {
        "pointer": assertion.pointer,
        "line": report.documents[result.assertions.name].span(assertion.pointer).start.line,
        "assertion": described(assertion),
        "kind": assertion.kind.value,
        "name": assertion.name,
        "reason": assertion.reason,
        "severity": assertion.severity.value,
        "outcome": verdict.outcome.value,
        "tools": list(meant.tools),
        "unknown_tools": list(meant.nowhere),
        "any_other_tool": meant.other is not None,
        "unclassed_tools": list(meant.untold),
        "any_unclassed_tool": meant.is_open,
        "breaches": [_breach(breach) for breach in verdict.breaches],
        "overrun": None if verdict.overrun is None else _overrun(verdict.overrun),
        "reasons": list(verdict.reasons),
    }


def _breach(breach: Breach) -> Fields:
    return {
        "tool": breach.tool,
        "any_other_tool": breach.is_other,
        "call": call_fields(breach.call),
        "verdict": breach.decision.verdict.value,
        "rule": breach.decision.rule,
        "pointer": breach.pointer,
        "approval_on_record": breach.is_approved,
        "is_smallest": breach.is_smallest,
        "input_schema": breach.schema and breach.schema.value,
    }


def _overrun(overrun: Overrun) -> Fields:
    return {
        "calls": overrun.count,
        "sequence": [
            {"ts": burst.call.ts, "count": burst.count, "call": call_fields(burst.call)} for burst in overrun.bursts
        ],
        "pointers": list(overrun.pointers),
        "approval_on_record": overrun.is_approved,
    }


def _finding(diagnostic: Diagnostic) -> Fields:
    return {
        **entry(diagnostic, rule_name(diagnostic.code)),
        "notes": list(diagnostic.notes),
        "related": [_related(related) for related in diagnostic.related],
    }


def _related(related: Related) -> Fields:
    return {
        "message": related.message,
        "file": related.file,
        "pointer": related.pointer,
        "span": span_of(related.span),
    }
