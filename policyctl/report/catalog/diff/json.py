"""The comparison of two catalogs for programs: `policyctl/catalog-diff/v1`."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.model.catalog import Catalog
from policyctl.model.values import JSONValue
from policyctl.report.catalog.diff.result import DiffResult
from policyctl.report.catalog.json_changes import Fields, change_fields
from policyctl.report.diagnostics.json import entry
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import counts


def render(result: DiffResult, exit_code: int) -> str:
    """One object, its keys in a fixed order."""
    report: Fields = {
        "schema": "policyctl/catalog-diff/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "old": [_catalog(catalog) for catalog in result.old],
        "new": [_catalog(catalog) for catalog in result.new],
        "policies": [{"file": policy.name, "digest": policy.digest} for policy in result.policies],
        "changes": [
            {**change_fields(change), "reach": result.reach(change.server, change.tool.name).name.lower()}
            for change in result.drift.changes
        ],
        "found": {severity.value: number for severity, number in counts(result.diagnostics).items()},
        "diagnostics": [entry(found, rule_name(found.code)) for found in result.diagnostics],
    }
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps(report, indent=2) + "\n"


def _catalog(catalog: Catalog) -> JSONValue:
    return {
        "file": catalog.name,
        "digest": catalog.digest,
        "server": catalog.server_id,
        "version": catalog.server_version,
        "tools": len(catalog.tools),
    }
