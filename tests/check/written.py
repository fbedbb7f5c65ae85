"""Assertions as tests write them; every file goes through the reader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from policyctl.check.result import CheckResult, Verdict
from policyctl.check.run import check
from policyctl.model.assertion import Assertions
from policyctl.model.catalog import Catalog
from policyctl.reading.assertions import read_assertions
from policyctl.reading.catalog import read_catalog
from policyctl.source.document import Document
from policyctl.source.read import read_document
from tests.engine.build import policy_of


def assertions_of(*asserts: Mapping[str, Any]) -> Assertions:
    document = read_document("asserts.json", json.dumps({"version": "1", "asserts": asserts}).encode())
    assert isinstance(document, Document), document
    reading = read_assertions(document)
    assert reading.assertions is not None, reading.diagnostics
    return reading.assertions


def catalog_of(*tools: Mapping[str, Any]) -> Catalog:
    data = {"version": "1", "server": {"id": "s", "name": "S"}, "tools": tools}
    document = read_document("catalog.json", json.dumps(data).encode())
    assert isinstance(document, Document), document
    reading = read_catalog(document)
    assert reading.catalog is not None, reading.diagnostics
    return reading.catalog


def checked(policy: Mapping[str, Any], *asserts: Mapping[str, Any], catalog: Catalog | None = None) -> CheckResult:
    return check(policy_of(policy), catalog, assertions_of(*asserts))


def verdict(policy: Mapping[str, Any], assertion: Mapping[str, Any], catalog: Catalog | None = None) -> Verdict:
    (found,) = checked(policy, assertion, catalog=catalog).verdicts
    return found
