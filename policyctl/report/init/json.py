"""What `policyctl init` did, for programs: `policyctl/init/v1`."""

from __future__ import annotations

import json
from dataclasses import asdict

from policyctl import SEMANTICS, __version__
from policyctl.model.values import JSONValue
from policyctl.report.init.result import InitResult


def render(result: InitResult, exit_code: int) -> str:
    """One object, its keys in a fixed order; beyond ASCII everything is escaped."""
    report: dict[str, JSONValue] = {
        "schema": "policyctl/init/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "dry_run": result.is_dry,
        "files": [asdict(file) for file in result.files],
        "to_add": result.hooks,
        "next": [asdict(step) for step in result.next],
    }
    return json.dumps(report, indent=2) + "\n"
