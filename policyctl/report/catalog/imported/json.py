"""An import for programs: `policyctl/catalog-import/v1`."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.report.catalog.imported.result import ImportedServer, ImportResult
from policyctl.report.catalog.json_changes import Fields, change_fields
from policyctl.report.diagnostics.json import entry
from policyctl.report.diagnostics.rules import rule_name
from policyctl.report.diagnostics.summary import counts


def render(result: ImportResult, exit_code: int) -> str:
    """One object, its keys in a fixed order."""
    report: Fields = {
        "schema": "policyctl/catalog-import/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "imported": {"files": result.sources, "servers": len(result.servers), "tools": result.tools},
        "servers": [_server(server) for server in result.servers],
        "found": {severity.value: number for severity, number in counts(result.diagnostics).items()},
        "diagnostics": [entry(found, rule_name(found.code)) for found in result.diagnostics],
    }
    # Beyond ASCII everything is escaped: a name may hold half a surrogate pair, which no encoding can carry.
    return json.dumps(report, indent=2) + "\n"


def _server(server: ImportedServer) -> Fields:
    catalog, renewal = server.renewal.catalog, server.renewal
    return {
        "server": catalog.server_id,
        "name": catalog.server_name,
        "version": catalog.server_version,
        "tools": renewal.listed,
        "file": server.file,
        "outcome": server.outcome,
        "stale": list(renewal.stale),
        "kept": list(renewal.kept),
        "pruned": list(renewal.pruned),
        "changes": None if server.drift is None else [change_fields(change) for change in server.drift.changes],
    }
