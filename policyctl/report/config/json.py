"""The effective configuration for programs: `policyctl/config/v1`."""

from __future__ import annotations

import json

from policyctl import SEMANTICS, __version__
from policyctl.model.values import JSONValue
from policyctl.report.config.result import ConfigResult
from policyctl.workspace.configuration import Origin


def render(result: ConfigResult, exit_code: int) -> str:
    """One object, its keys in a fixed order."""
    report: dict[str, JSONValue] = {
        "schema": "policyctl/config/v1",
        "policyctl": __version__,
        "semantics": SEMANTICS,
        "exit": exit_code,
        "file": None if result.file is None else result.file.as_posix(),
        "settings": [
            {"key": setting.key, "value": setting.value, "origin": _origin(setting.origin)}
            for setting in result.settings
        ],
        "environment": [
            {"variable": entry.name, "command": entry.command, "flag": entry.flag, "value": entry.value}
            for entry in result.variables
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _origin(origin: Origin) -> JSONValue:
    if origin.file is None:
        return {"kind": "default"}
    return {"kind": "file", "file": origin.file.as_posix(), "line": origin.line}
