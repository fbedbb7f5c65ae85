"""What the gateway's own reader does not have."""

from __future__ import annotations

import json
from typing import Any

from policyctl.diagnostic import Severity
from policyctl.reading.dialect import Dialect, dialect_findings
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

LIMIT = {"counter": "c", "max": 1, "window": "day"}


def found(data: Any, dialect: Dialect = Dialect.POLICYLAYER) -> list[tuple[Severity, str | None]]:
    document = read_document("p.json", json.dumps({"version": "1", "default": "deny", **data}).encode())
    assert isinstance(document, Document)
    policy = read_policy(document).policy
    assert policy is not None
    return [(entry.severity, entry.pointer) for entry in dialect_findings(policy, document, dialect)]


def test_the_documented_form_has_no_findings() -> None:
    rules = {"require": [{"conditions": [], "on_deny": "x"}], "deny_if": [], "limits": [{**LIMIT, "scope": "grant"}]}
    assert found({"hide": ["*"], "all_tools": {"limits": [LIMIT]}, "tools": {"t": rules}}) == []


def test_extensions_of_limits_are_warnings() -> None:
    limit = {**LIMIT, "window": 60, "scope": "session", "amount_from": "args.a", "on_deny": "x"}
    assert found({"all_tools": {"limits": [LIMIT, {**LIMIT, "window": 5}]}, "tools": {"a/b": {"limits": [limit]}}}) == [
        (Severity.WARNING, "/all_tools/limits/1/window"),
        (Severity.WARNING, "/tools/a~1b/limits/0/window"),
        (Severity.WARNING, "/tools/a~1b/limits/0/scope"),
        (Severity.WARNING, "/tools/a~1b/limits/0/amount_from"),
        (Severity.WARNING, "/tools/a~1b/limits/0/on_deny"),
    ]


def test_short_forms_are_information() -> None:
    rules = {"action": "deny", "reason": "x", "rate_limit": {"max": 1, "window": 60}}
    assert found({"tools": {"t": rules}}) == [
        (Severity.INFO, "/tools/t/action"),
        (Severity.INFO, "/tools/t/reason"),
        (Severity.INFO, "/tools/t/rate_limit"),
        (Severity.WARNING, "/tools/t/rate_limit/window"),
    ]


def test_the_own_dialect_has_everything() -> None:
    assert found({"tools": {"t": {"action": "deny"}}}, Dialect.POLICYCTL) == []
