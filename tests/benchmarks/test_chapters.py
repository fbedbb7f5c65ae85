"""The chapters measure what they say: every command, fair partners, and rules that other engines were told in full."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

import jsonschema
import pytest

from policyctl.cli.commands import BY_NAME
from policyctl.engine.decide import decide
from policyctl.engine.ledger import Ledger
from policyctl.model.decision import Verdict
from policyctl.model.policy import Policy, ToolRules
from tests.benchmarks.conftest import BENCHMARKS, Find


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small trace of all kinds of tools."""
    path = tmp_path_factory.mktemp("trace")
    options = ("--calls", "3000", "--tools", "30", "--out", str(path))
    subprocess.run([sys.executable, str(BENCHMARKS / "generate.py"), *options], check=True)
    return path


@pytest.fixture
def policy(folder: Path, module: Find) -> Policy:
    read: Policy = module("contest").read(folder / "policy.json")
    return read


def test_the_start_of_every_command_is_measured(module: Find) -> None:
    lines = [start.line for start in module("starts").STARTS]
    assert {name for name in BY_NAME if any(line.startswith(f"{name} ") or line == name for line in lines)} == set(
        BY_NAME
    )


def test_a_schema_of_a_tool_is_valid_for_the_calls_that_pass_and_for_no_other(
    folder: Path, policy: Policy, module: Find
) -> None:
    schemas = {name: module("peers.schema").schema_of(rules) for name, rules in policy.tools.items()}
    validators = {name: jsonschema.Draft202012Validator(schema) for name, schema in schemas.items()}
    calls = [call for call in module("contest").calls_of(folder / "trace.jsonl", 3_000) if call.tool in validators]
    usage = Ledger(policy)
    verdicts = {
        (decide(policy, call, usage).verdict is Verdict.ALLOW, validators[call.tool].is_valid(call.args))
        for call in calls
    }
    assert verdicts == {(True, True), (False, False)}


def test_an_engine_that_decides_otherwise_is_caught(folder: Path, policy: Policy, module: Find) -> None:
    contest = module("contest")
    calls = [call for call in contest.calls_of(folder / "trace.jsonl", 500) if call.tool in policy.tools]
    usage = Ledger(policy)
    denied = [call for call in calls if decide(policy, call, usage).verdict is Verdict.DENY]
    ours = {name: branch.judge for name, branch in contest.compile_policy(policy)[0].items()}
    questions = [contest.Question(call.tool, call.args, ours[call.tool], lambda _args: True) for call in calls]
    wrong = contest.disagreements(policy, calls, questions)
    assert [entry["args"] for entry in wrong] == [call.args for call in denied]
    assert denied


def test_a_tool_that_an_engine_has_no_words_for_is_left_out_with_the_reason(policy: Policy, module: Find) -> None:
    inexpressible = module("peers.expression").InexpressibleError

    def engine(rules: ToolRules) -> object:
        if rules.name.startswith("mail"):
            raise inexpressible("patterns")
        return rules

    engines, reasons = module("contest").engines_of(policy, engine)
    assert reasons == ["patterns"]
    assert set(policy.tools) - set(engines) == {name for name in policy.tools if name.startswith("mail")}


def test_the_expression_of_a_tool_joins_what_it_requires_and_negates_what_it_forbids(
    policy: Policy, module: Find
) -> None:
    text = module("peers.cel_text").expression(policy.tools["repo_push_0007"])
    first, second, third = (
        policy.tools["repo_push_0007"].require[0].conditions[0],
        *(policy.tools["repo_push_0007"].deny_if[0].conditions),
    )
    assert text == (
        f"(has(args.branch) && !(args.branch in {json.dumps(first.value)})) && "
        f"!((has(args.force) && args.force == {json.dumps(second.value)}) && "
        f"(has(args.remote) && args.remote == {json.dumps(third.value)}))"
    )


def test_every_engine_has_a_module_and_a_pinned_distribution(module: Find) -> None:
    pinned = {entry.split("==")[0] for entry in module("decisions").entries(_requirements("txt"))}
    peers = module("peers.table").PEERS
    assert {peer.distribution for peer in peers} <= pinned
    assert {peer.distribution for peer in peers} == set(_requirements("in").splitlines()[1:])
    assert all((BENCHMARKS / "peers" / f"{peer.module}.py").is_file() for peer in peers)


def test_pinned_engines_have_hashes_and_none_says_where_it_came_from(module: Find) -> None:
    entries = module("decisions").entries(_requirements("txt"))
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in _requirements("txt")


def _requirements(ending: str) -> str:
    return (BENCHMARKS / "peers" / f"requirements.{ending}").read_text("utf-8")


@pytest.mark.parametrize("parser", ["orjson", "json", "tagged"])
def test_a_program_that_only_parses_gets_to_the_end_of_a_trace(parser: str, folder: Path) -> None:
    words = (str(BENCHMARKS / "baseline.py"), parser, str(folder / "trace.jsonl"), str(folder / "policy.json"))
    assert subprocess.run([sys.executable, *words], check=False, capture_output=True).returncode == 0


def test_a_type_per_tool_holds_what_the_policy_reads_and_takes_any_line(folder: Path, module: Find) -> None:
    loads = module("baseline").loads_of("tagged", str(folder / "policy.json"))
    with open(folder / "trace.jsonl", "rb") as lines:
        row = next(json.loads(line) for line in islice(lines, 3_000) if b'"tool":"payment_refund_0000"' in line)
    args = loads(json.dumps(row).encode()).args
    assert args.__struct_encode_fields__ == ("amount", "currency", "customer")
    assert args.f0 == row["args"]["amount"]
    assert loads(b'{"tool":"payment_refund_0000","args":null}') == {"tool": "payment_refund_0000", "args": None}
    assert loads(b'{"tool":"none","args":{}}') == {"tool": "none", "args": {}}


def test_the_base_of_a_comparison_differs_in_some_tools_and_is_right(
    folder: Path, policy: Policy, module: Find
) -> None:
    base = module("contest").read(module("cores").base_of(folder / "policy.json"))
    assert list(base.tools) == list(policy.tools)
    differing = [name for name in base.tools if base.tools[name] != policy.tools[name]]
    assert 1 <= len(differing) <= 3
