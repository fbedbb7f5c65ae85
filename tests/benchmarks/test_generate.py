"""What the benchmarks measure with is what they say it is."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from policyctl.engine.gateway import Gateway
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.model.policy import Op, Policy, Scope
from policyctl.reading.policy import read_policy
from policyctl.source.document import Document
from policyctl.source.read import read_document

SCRIPT = Path(__file__).parent.parent.parent / "benchmarks" / "generate.py"
CALLS = 4_000
FILES = ("trace.jsonl", "policy.json", "policy-limits.json")


def generate(folder: Path, *, tools: int, seed: int = 1, hash_seed: str = "7") -> Path:
    options = ("--calls", str(CALLS), "--tools", str(tools), "--seed", str(seed), "--out", str(folder))
    subprocess.run([sys.executable, str(SCRIPT), *options], check=True, env={"PYTHONHASHSEED": hash_seed})
    return folder


@pytest.fixture(scope="module", params=[5, 100, 1_300])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("generated"), tools=request.param)


def policy_in(folder: Path, name: str) -> Policy:
    document = read_document(name, (folder / name).read_bytes())
    assert isinstance(document, Document)
    reading = read_policy(document)
    assert reading.policy is not None, reading.diagnostics
    return reading.policy


def calls_in(folder: Path) -> list[Call]:
    decoder = msgspec.json.Decoder(Call)
    return [decoder.decode(line) for line in (folder / "trace.jsonl").read_bytes().splitlines()]


def test_the_same_seed_writes_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    once = generate(tmp_path / "once", tools=5, hash_seed="1")
    again = generate(tmp_path / "again", tools=5, hash_seed="2")
    other = generate(tmp_path / "other", tools=5, seed=2)
    assert [(once / name).read_bytes() for name in FILES] == [(again / name).read_bytes() for name in FILES]
    assert (once / "trace.jsonl").read_bytes() != (other / "trace.jsonl").read_bytes()


def test_a_line_has_300_to_600_bytes_and_5_to_15_arguments(written: Path) -> None:
    lines = (written / "trace.jsonl").read_bytes().splitlines(keepends=True)
    assert len(lines) == CALLS
    assert {len(line) for line in lines} <= set(range(300, 601))
    assert {len(call.args) for call in calls_in(written)} <= set(range(5, 16))


def test_the_policies_validate_and_give_each_tool_three_conditions(written: Path) -> None:
    plain, limited = policy_in(written, "policy.json"), policy_in(written, "policy-limits.json")
    for policy in (plain, limited):
        for tool in policy.tools.values():
            predicates = (*tool.require, *tool.deny_if)
            assert sum(len(predicate.conditions) for predicate in predicates) == 3
    assert not any(plain.limits_of(name) for name in plain.tools)
    limits = {limit for name in limited.tools for limit in limited.limits_of(name)}
    assert {(limit.window, limit.scope) for limit in limits} == {(60, Scope.SESSION), (3_600, Scope.GRANT)}


def test_a_policy_of_a_hundred_tools_uses_every_operator(tmp_path: Path) -> None:
    policy = policy_in(generate(tmp_path, tools=100), "policy.json")
    predicates = [predicate for tool in policy.tools.values() for predicate in (*tool.require, *tool.deny_if)]
    assert {condition.op for predicate in predicates for condition in predicate.conditions} == set(Op)


def test_most_calls_are_allowed_and_some_are_denied_at_every_step(written: Path) -> None:
    gateway = Gateway(policy_in(written, "policy-limits.json"))
    decisions = [gateway.admit(call) for call in calls_in(written)]
    verdicts = Counter(decision.verdict for decision in decisions)
    assert set(verdicts) == {Verdict.ALLOW, Verdict.DENY}
    assert 0.8 < verdicts[Verdict.ALLOW] / CALLS < 0.95
    steps = {
        step for decision in decisions for step in ("default", "require", "deny_if", "limits") if step in decision.rule
    }
    assert steps == {"default", "require", "deny_if", "limits"}


def test_a_thousand_sessions_take_turns_while_time_goes_on_by_about_a_second_a_call(written: Path) -> None:
    calls = calls_in(written)
    assert 900 < len({call.session for call in calls}) < 1_100
    times = [datetime.fromisoformat(call.ts or "") for call in calls]
    assert times == sorted(times)
    assert (times[-1] - times[0]).total_seconds() / CALLS == pytest.approx(1, abs=0.05)
