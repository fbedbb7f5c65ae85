"""Simulations to render: of shipped traces, of real ones and of lines that a test writes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from policyctl.model.policy import Policy
from policyctl.reading.catalog import read_catalog
from policyctl.reading.policy import read_policy
from policyctl.replay.plain import Watcher
from policyctl.replay.routing import Assignment
from policyctl.replay.subjects import grant_declaration
from policyctl.simulate.gates import DEFAULT_BOUNDS, Bounds
from policyctl.simulate.labels import Labels
from policyctl.simulate.result import Simulation
from policyctl.simulate.run import Setup, simulate
from policyctl.simulate.selector import parse_selector
from policyctl.source.document import Document
from policyctl.source.read import read_document
from policyctl.traces.read import TraceFile

ROOT = Path(__file__).parent.parent.parent.parent

Simulate: TypeAlias = Callable[..., Simulation]


@pytest.fixture
def simulated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Simulate:
    """`simulated(policy, trace, …)`: a policy as an object or a path, a trace as lines or a path."""

    def run(
        policy: dict[str, Any] | Path,
        trace: Sequence[dict[str, Any] | str] | Path,
        *,
        catalog: Path | None = None,
        grant: str | None = None,
        bad: str | None = None,
        good: str | None = None,
        bounds: Bounds = DEFAULT_BOUNDS,
        watchers: Sequence[Watcher] = (),
    ) -> Simulation:
        monkeypatch.chdir(ROOT if isinstance(trace, Path) else tmp_path)
        declared = grant_declaration(name=grant, source=None)
        setup = Setup(
            (Assignment(_policy(policy), None if catalog is None else _document(catalog, read_catalog).catalog),),
            (TraceFile(str(trace) if isinstance(trace, Path) else _written(trace)),),
            grant_of=declared[0] if declared else None,
            declared=declared[1] if declared else None,
            bounds=bounds,
        )
        return simulate(setup, labels=_labels(bad, good), watchers=watchers)

    return run


def _policy(policy: dict[str, Any] | Path) -> Policy:
    if isinstance(policy, dict):
        Path("policy.json").write_text(json.dumps(policy), "utf-8")
        policy = Path("policy.json")
    found = _document(policy, read_policy).policy
    assert isinstance(found, Policy)
    return found


def _document(path: Path, read: Callable[[Document], Any]) -> Any:
    document = read_document(path.as_posix(), path.read_bytes())
    assert isinstance(document, Document)
    return read(document)


def _written(lines: Sequence[dict[str, Any] | str]) -> str:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    Path("trace.jsonl").write_text("".join(f"{text}\n" for text in texts), "utf-8")
    return "trace.jsonl"


def _labels(bad: str | None, good: str | None) -> Labels | None:
    if bad is None and good is None:
        return None
    return Labels(
        bad=[] if bad is None else [parse_selector(bad, option="--bad")],
        good=[] if good is None else [parse_selector(good, option="--good")],
        attack=[parse_selector("meta.after_injection_seen=true", option="--attack-call")],
    )


@pytest.fixture
def exchange(simulated: Simulate) -> Simulation:
    """The shipped story, scored."""
    return simulated(
        Path("fixtures/policies/exchange.json"),
        Path("fixtures/traces/exchange.jsonl"),
        catalog=Path("fixtures/tool-catalogs/exchange.json"),
        bad="meta.attack_success=true",
        good="meta.session_kind=benign,meta.utility=true",
    )


@pytest.fixture
def gateway_log(simulated: Simulate) -> Simulation:
    """The shipped log without values."""
    return simulated(Path("fixtures/policies/exchange.json"), Path("fixtures/traces/exchange-gateway-log.jsonl"))


#: Names that a terminal, a runner, a table or Markdown could take for something else.
HOSTILE = (
    "[bold red]markup[/]",
    "::error::file=x,line=1::boom",
    "##[error]boom",
    "pipe | `tick` <img src=x onerror=alert(1)>",
    "@maintainer #12 https://evil.example [a](b) **b**",
    "two\nlines\x1b[31m\u202e",
    "😀 日本語",
    "x" * 300,
    "a/b~c d",
)


@pytest.fixture
def hostile(simulated: Simulate) -> Simulation:
    """Every name, message and session is hostile; one tool is denied, one limited, one lacks a subject."""
    rules: list[dict[str, Any]] = [
        {"deny_if": [{"conditions": [], "on_deny": name}], "limits": [{"counter": name, "max": 1, "window": "day"}]}
        for name in HOSTILE
    ]
    rules[0] = {"limits": [{"counter": HOSTILE[3], "max": 1, "window": "day", "scope": "session"}]}
    rules[1] = {"rate_limit": {"max": 2, "window": "minute"}}
    calls = [
        {"tool": name, "session": name, "grant": name, "server": name, "args": {}, "ts": "2026-01-01T00:00:00Z"}
        for name in (*HOSTILE, HOSTILE[0], HOSTILE[1])
    ]
    policy = {"version": "1", "default": "deny", "tools": dict(zip(HOSTILE, rules, strict=True))}
    return simulated(policy, [*calls, {"tool": HOSTILE[1]}, "::error::not json"], good="session", bounds=Bounds())
