"""Every recorded trace under its policy, through the command line, against the reference evaluator call by call."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.model.call import Call
from policyctl.model.decision import CAUSES
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

POLICIES = Path(__file__).parent / "policies"
LABELS = ("--bad", "meta.attack_success=true", "--good", "meta.session_kind=benign,meta.utility=true")
CALLS = {
    "agentdojo": 4_277,
    "agentdyn": 10_156,
    "coding-sessions": 543,
    "livemcpbench": 392,
    "tau": 1_164,
    "workbench": 1_881,
}

Simulate = Callable[..., Any]


@pytest.fixture
def simulate(run: Any, shared_data: Path) -> Simulate:
    """The JSON report of a run over one recorded trace."""

    def simulate_trace(name: str, *options: str | Path, policy: Path | None = None) -> Any:
        trace = shared_data / "traces" / f"{name}.jsonl"
        chosen = policy or POLICIES / f"{name}.json"
        result = run(["simulate", trace, "--policy", chosen, "--format", "json", *options])
        assert result.code == 0, result.stderr
        return json.loads(result.stdout)

    return simulate_trace


def reference_verdicts(policy_file: Path, trace: Path) -> Iterator[tuple[str, str]]:
    document = read_document(policy_file.name, policy_file.read_bytes())
    assert isinstance(document, Document)
    policy = read_policy(document).policy
    assert policy is not None
    ledger = Ledger(policy)
    for line in trace.read_bytes().splitlines():
        call = msgspec.json.decode(line, type=Call)
        decision = decide(policy, call, ledger)
        ledger.settle(decision, call)
        yield str(decision.verdict), decision.rule


@pytest.mark.parametrize("name", CALLS)
def test_a_recorded_trace_is_decided_as_the_reference_decides_it(
    simulate: Simulate, shared_data: Path, tmp_path: Path, name: str
) -> None:
    report = simulate(name, "--decisions", tmp_path / "decisions.jsonl")
    decisions = [json.loads(line) for line in (tmp_path / "decisions.jsonl").read_text("utf-8").splitlines()]
    assert len(decisions) == report["coverage"]["calls"] == sum(report["verdicts"].values()) == CALLS[name]
    reference = reference_verdicts(POLICIES / f"{name}.json", shared_data / "traces" / f"{name}.jsonl")
    assert [(made["verdict"], made["rule"]) for made in decisions] == list(reference)
    causes = [made.get("cause") for made in decisions if made["verdict"] == "undetermined"]
    assert all(cause is not None and cause.partition(":")[0] in CAUSES for cause in causes)


@pytest.mark.parametrize(("windows", "denied"), [("fixed", 9), ("sliding", 14)])
def test_ten_shell_commands_a_minute_deny_nine_calls_of_the_coding_sessions_and_a_sliding_window_fourteen(
    simulate: Simulate, tmp_path: Path, windows: str, denied: int
) -> None:
    policy = tmp_path / "policy.json"
    limit = {"counter": "shell", "max": 10, "window": "minute", "scope": "session"}
    policy.write_text(json.dumps({"version": "1", "default": "allow", "tools": {"Bash": {"limits": [limit]}}}))
    report = simulate("coding-sessions", "--window", windows, policy=policy)
    assert report["verdicts"] == {"allow": 543 - denied, "deny": denied, "approval": 0, "undetermined": 0}
    (bash,) = (tool for tool in report["tools"] if tool["tool"] == "Bash")
    assert (bash["calls"], bash["verdicts"]["deny"]) == (107, denied)


def test_a_limit_without_a_scope_has_no_subject_until_a_grant_is_declared(simulate: Simulate, tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    limit = {"counter": "shell", "max": 10, "window": "minute"}
    policy.write_text(json.dumps({"version": "1", "default": "allow", "tools": {"Bash": {"limits": [limit]}}}))
    coverage = simulate("coding-sessions", policy=policy)["coverage"]
    assert [entry["cause"] for entry in coverage["causes"]] == ["no-subject"]
    assert coverage["grant"] == {"declared": None, "needed": True}
    report = simulate("coding-sessions", "--grant", "developer", policy=policy)
    assert report["coverage"]["causes"] == []
    assert report["verdicts"]["deny"] == 9


@pytest.mark.parametrize(
    ("name", "attacks", "stopped", "benign", "broken"),
    [("agentdojo", 125, 56, 354, 64), ("agentdyn", 230, 168, 46, 15)],
)
def test_a_policy_is_scored_on_recorded_attacks_beside_its_two_baselines(
    simulate: Simulate, name: str, attacks: int, stopped: int, benign: int, broken: int
) -> None:
    labels = simulate(name, *LABELS)["labels"]
    assert (labels["bad"]["sessions"], labels["bad"]["any_denial"]) == (attacks, stopped)
    assert (labels["good"]["sessions"], labels["good"]["broken"]) == (benign, broken)
    assert labels["baselines"]["deny_everything"] == {"stopped": attacks, "broken": benign}
    assert labels["baselines"]["allow_everything"] == {"stopped": 0, "broken": 0}
