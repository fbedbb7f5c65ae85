"""The findings of `policyctl validate` for programs: `policyctl/validate/v1`."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.model.values import JSONValue
from policyctl.reading.check import CheckedPolicy
from policyctl.report.diagnostics.json import entry
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import counts
from policyctl.report.validate.result import ValidateResult


def render(result: ValidateResult, exit_code: int) -> str:
    """One object, its keys in a fixed order."""
    report: dict[str, JSONValue] = {
        "schema": "policyctl/validate/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "dialect": result.dialect.value,
        "checked": {"policies": len(result.policies), "tools": result.tools},
        "found": {severity.value: number for severity, number in counts(result.diagnostics).items()},
        "policies": [_policy(policy) for policy in result.policies],
        "diagnostics": [entry(diagnostic, rule_name(diagnostic.code)) for diagnostic in result.diagnostics],
    }
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps(report, indent=2) + "\n"


def _policy(policy: CheckedPolicy) -> dict[str, JSONValue]:
    return {
        "file": policy.name,
        "digest": policy.digest,
        "valid": policy.policy is not None,
        "tools": policy.tools,
    }
