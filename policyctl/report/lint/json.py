"""The findings of `policyctl lint` for programs: `policyctl/lint/v1`."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.diagnostic import Diagnostic, Fix
from policyctl.lint.listed import Check
from policyctl.lint.rule import Need
from policyctl.lint.run import Crash
from policyctl.lint.suppress.entry import Accepted
from policyctl.model.values import JSONValue
from policyctl.report.diagnostics.json import entry
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import counts
from policyctl.report.lint.result import LintedPolicy, LintResult


def render(result: LintResult, exit_code: int) -> str:
    """One object, its keys in a fixed order."""
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps(report_of(result, exit_code), indent=2) + "\n"


def report_of(result: LintResult, exit_code: int) -> dict[str, JSONValue]:
    """The same as an object, for a report that holds others."""
    return {
        "schema": "policyctl/lint/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "checked": {"policies": len(result.policies), "tools": result.tools, "rules": result.ran},
        "found": {severity.value: number for severity, number in counts(result.diagnostics).items()},
        "policies": [_policy(policy) for policy in result.policies],
        "skipped": [{"code": rule.code, "needs": _needs(rule)} for rule in result.skipped],
        "crashed": [_crash(crash) for crash in result.crashes],
        "suppressed": [_accepted(each) for each in result.accepted],
        "diagnostics": [_finding(diagnostic) for diagnostic in result.diagnostics],
        "mended": [_finding(diagnostic) for diagnostic in result.mended],
    }


def _policy(policy: LintedPolicy) -> dict[str, JSONValue]:
    checked = policy.checked
    return {
        "file": checked.name,
        "digest": checked.digest,
        "valid": checked.policy is not None,
        "tools": checked.tools,
    }


def _needs(rule: Check) -> list[JSONValue]:
    return [need.value for need in Need if need in rule.needs]


def _accepted(each: Accepted) -> dict[str, JSONValue]:
    entry = each.entry
    expires = None if entry.expires is None else entry.expires.isoformat()
    return {**_finding(each.found), "by": entry.kind, "reason": entry.reason, "expires": expires}


def _crash(crash: Crash) -> dict[str, JSONValue]:
    return {"code": crash.code, "file": crash.file}


def _finding(diagnostic: Diagnostic) -> dict[str, JSONValue]:
    return {
        **entry(diagnostic, rule_name(diagnostic.code)),
        "notes": list(diagnostic.notes),
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
    }


def _fix(fix: Fix) -> dict[str, JSONValue]:
    edits: list[JSONValue] = [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.is_safe, "edits": edits}
