"""Comparisons to render: of the shipped example, and of names that are up to something."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from policyctl.reading.catalog import read_catalog
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import grant_declaration
from policyctl.simulate.compare.result import Comparison
from policyctl.simulate.compare.run import Against, compare
from policyctl.simulate.labels import Labels
from policyctl.simulate.run import Setup
from policyctl.simulate.selector import parse_selector
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.traces.read import TraceFile
from tests.recordings import ROOT
from tests.replay.both import policy_of
from tests.simulate.compare.compared import compared

FIXTURES = Path("fixtures")


def shipped(monkeypatch: pytest.MonkeyPatch, trace: str, **options: Any) -> Comparison:
    monkeypatch.chdir(ROOT)
    listed = FIXTURES / "tool-catalogs/exchange.json"
    document = read_document(listed.as_posix(), listed.read_bytes())
    assert isinstance(document, Document)
    catalog = read_catalog(document).catalog
    sides = [FIXTURES / "policies" / name for name in ("exchange.json", "exchange-next.json")]
    base, new = (Assignment(policy_of(side.read_bytes(), side.as_posix()), catalog) for side in sides)
    declaration = grant_declaration(name="desk", source=None)
    assert declaration is not None
    setup = Setup(
        (new,), (TraceFile(str(FIXTURES / "traces" / trace)),), grant_of=declaration[0], declared=declaration[1]
    )
    return compare(setup, Against((base,)), **options)


@pytest.fixture
def exchange(monkeypatch: pytest.MonkeyPatch) -> Comparison:
    """The shipped story under the policy that is in force and under the one that somebody proposes."""
    labels = Labels(
        bad=[parse_selector("meta.attack_success=true", option="--bad")],
        good=[parse_selector("meta.session_kind=benign,meta.utility=true", option="--good")],
        attack=[parse_selector("meta.after_injection_seen=true", option="--attack-call")],
    )
    return shipped(monkeypatch, "exchange.jsonl", labels=labels)


@pytest.fixture
def gateway_log(monkeypatch: pytest.MonkeyPatch) -> Comparison:
    """The shipped log, which carries the decisions of the policy that is in force."""
    return shipped(monkeypatch, "exchange-gateway-log.jsonl")


@pytest.fixture
def hostile() -> Comparison:
    """Every name, message and session is hostile."""
    from tests.report.simulate.conftest import HOSTILE

    rules = {name: {"deny_if": [{"conditions": [], "on_deny": name}]} for name in HOSTILE}
    limits = {
        name: {"limits": [{"counter": name, "max": 1, "window": "day", "amount_from": "args.n"}]} for name in HOSTILE
    }
    calls = [
        {"tool": name, "session": name, "grant": name, "server": name, "args": {"n": 0.5}, "ts": "2026-01-01T00:00:00Z",
         "decision": {"verdict": "allow", "policy": name}}
        for name in (*HOSTILE, *HOSTILE)
    ]  # fmt: skip
    document = {"version": "1", "default": "deny"}
    return compared({**document, "tools": rules}, {**document, "tools": limits}, calls)
