"""`policyctl explain`, end to end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from tests.conftest import Result, Run

ROOT = Path(__file__).parent.parent.parent
SCHEMA = Draft202012Validator(json.loads((ROOT / "schemas/output/explain.v1.schema.json").read_text("utf-8")))
EXCHANGE, TRACE = "fixtures/policies/exchange.json", "fixtures/traces/exchange.jsonl"
CANARY = "canary-7f3a"


def explain(run: Run, *words: str, **how: Any) -> Result:
    return run(["explain", "--policy", "fixtures/policies/payments.yaml", *words], cwd=ROOT, **how)


def as_json(result: Result) -> Any:
    assert (result.code, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    SCHEMA.validate(report)
    return report


REFUND = '{"tool": "create_refund", "args": {"amount": 9000, "reason": null}}'


def test_a_denied_call_is_explained_and_exits_with_0(run: Run) -> None:
    result = explain(run, "--call", REFUND)
    assert (result.code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
the tool `create_refund` under `fixtures/policies/payments.yaml`
with `{"amount": 9000, "reason": null}`

1  hidden    passed       `hide` does not name the tool
2  unlisted  passed       `tools` lists the tool
3  action    passed       the tool has no `action`
4  require   denies       something that must hold does not
   ✗ require/0: does not hold, so it denies  fixtures/policies/payments.yaml:45:9
     + `args.amount gt 0`                    holds, sees `9000`
     - `args.amount lte 5000`                does not hold, sees `9000`
5  deny_if   not reached  an earlier stage has decided
6  approval  not reached  an earlier stage has decided
7  limits    not reached  an earlier stage has decided

verdict: deny
   agent reads  [POLICY DENIED] Refunds above 50.00 are made by a person.
   rule         `/tools/create_refund/require/args.amount-gt+args.amount-lte`
   written      fixtures/policies/payments.yaml:45:9 at `/tools/create_refund/require/0`
"""
    )


def test_the_call_may_come_from_standard_input(run: Run) -> None:
    assert explain(run, "--call", "-", stdin=REFUND).stdout == explain(run, "--call", REFUND).stdout


@pytest.mark.parametrize("used", ["refunds_per_hour=6", "/tools/create_refund/limits/0=19999.5"])
def test_usage_can_be_given_and_fills_a_limit(run: Run, used: str) -> None:
    call = '{"tool": "create_refund", "args": {"amount": 100, "reason": "late"}}'
    assert as_json(explain(run, "--format", "json", "--call", call))["verdict"] == "allow"
    report = as_json(explain(run, "--format", "json", "--call", call, "--used", used))
    assert (report["verdict"], report["usage_given"]) == ("deny", [used])
    assert report["stages"][6]["state"] == "denies"
    assert (report["call"]["session"], report["call"]["ts"]) == (None, None)


@pytest.mark.parametrize(
    ("used", "words"),
    [
        ("refund_per_hour=1", "did you mean `refunds_per_hour`?"),
        ("refunds_per_hour", "names no limit of this call"),
        ("refunds_per_hour=many", "gives no amount"),
        ("refunds_per_hour=-1", "gives no amount"),
    ],
)
def test_usage_that_makes_no_sense_is_refused(run: Run, used: str, words: str) -> None:
    result = explain(run, "--call", REFUND, "--used", used)
    assert (result.code, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.parametrize(
    ("call", "place", "words"),
    [
        ("{'tool': 1}", "--call:1:2", "is not JSON"),
        ('{"tool": "t", "tool": "u"}', "--call:1:15", "already used"),
        ('{"tool": "t", "args": {"n": NaN}}', "--call:1:29", "no number of JSON"),
        ('{"args": {}}', "--call:1:1", "this has no `tool`"),
        ("[]", "--call:1:1", "this is no JSON object"),
        ("", "--call:1:1", "the file is empty"),
    ],
)
def test_a_text_that_is_no_call_is_refused_with_its_place(run: Run, call: str, place: str, words: str) -> None:
    result = explain(run, "--call", call)
    assert (result.code, result.stdout) == (2, "")
    assert place in result.stderr
    assert words in result.stderr
    assert result.stderr.splitlines()[-2] == "error: `--call` holds no call"


def test_fields_that_nobody_reads_are_said(run: Run) -> None:
    result = explain(run, "--call", '{"tool": "create_refund", "arguments": {"amount": 1}}')
    assert result.code == 0
    assert result.stderr == "note: `arguments` is no field of a call and is not read; did you mean `args`?\n"
    assert "verdict: undetermined\n   causes       `arguments-absent`\n" in result.stdout


@pytest.mark.parametrize(
    "words", [[], ["--trace", TRACE], ["--line", "3"], ["--call", REFUND, "--trace", TRACE, "--line", "3"]]
)
def test_one_call_has_to_be_named(run: Run, words: list[str]) -> None:
    result = explain(run, *words)
    assert (result.code, result.stdout) == (2, "")
    assert "give `--call` (and `--used`), or else `--trace` and `--line`" in result.stderr


def test_a_policy_with_errors_is_shown_with_their_places(run: Run, repository: Path) -> None:
    (repository / "policy.json").write_text('{"version": 1, "default": "deny"}', "utf-8")
    result = run(["explain", "--call", REFUND], cwd=repository)
    assert result.code == 1
    assert "policy.json:1:13" in result.stdout


def test_a_recorded_call_is_decided_as_the_replay_decides_it(run: Run, tmp_path: Path) -> None:
    decisions = tmp_path / "decisions.jsonl"
    run(["simulate", TRACE, "--policy", EXCHANGE, "--decisions", str(decisions), "--stats"], cwd=ROOT)
    told = [json.loads(line) for line in decisions.read_text("utf-8").splitlines()]
    interesting = {(decision["verdict"], decision["rule"]): decision for decision in told}
    assert {"allow", "deny", "approval", "undetermined"} == {verdict for verdict, _ in interesting}
    for decision in interesting.values():
        words = ["--trace", TRACE, "--line", str(decision["source"]["line"]), "--format", "json"]
        report = as_json(run(["explain", "--policy", EXCHANGE, *words], cwd=ROOT))
        assert report["source"]["line"] == decision["source"]["line"]
        for field in ("verdict", "message", "pointer"):
            assert report[field] == decision[field], decision
        assert report["causes"] == decision.get("causes", [])


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_values_of_a_recorded_call_are_shown_on_demand_alone(run: Run, tmp_path: Path, form: str) -> None:
    line = {"tool": "create_refund", "args": {"amount": CANARY, "reason": [CANARY], "x": {CANARY: 1}}}
    (tmp_path / "t.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    words = ["--trace", str(tmp_path / "t.jsonl"), "--line", "1", "--format", form]
    silent = explain(run, *words)
    assert silent.code == 0
    assert CANARY not in silent.stdout + silent.stderr
    assert CANARY in explain(run, *words, "--show-args").stdout


def test_a_line_without_a_call_names_the_nearest_ones(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"tool": "a"}\n\nnot JSON\n{"tool": "b"}\n', "utf-8")
    for line in ("2", "3"):
        result = explain(run, "--trace", str(tmp_path / "t.jsonl"), "--line", line)
        assert (result.code, result.stdout) == (2, "")
        assert "the nearest calls are on line 1 and line 4" in result.stderr
    assert "nearest calls are on line 4" in explain(run, "--trace", str(tmp_path / "t.jsonl"), "--line", "9").stderr


def test_values_that_json_cannot_carry_are_described(run: Run, tmp_path: Path) -> None:
    deep = "[" * 50_000 + "]" * 50_000
    lines = f'{{"tool": "create_refund", "args": {{"amount": 1e999}}}}\n{{"tool": "create_refund", "args": {{"amount": {deep}}}}}\n'
    (tmp_path / "t.jsonl").write_text(lines, "utf-8")
    for line in ("1", "2"):
        words = ["--trace", str(tmp_path / "t.jsonl"), "--line", line, "--show-args"]
        assert as_json(explain(run, *words, "--format", "json"))["verdict"] == "deny"
        assert explain(run, *words).code == 0


def test_hostile_words_are_shown_harmless(run: Run, repository: Path) -> None:
    tool = "::error::\x1b[31m[red]@team"
    policy = {"version": "1", "default": "deny", "tools": {tool: {"action": "deny", "reason": "\x1b[1m| <b>`"}}}
    (repository / "policy.json").write_text(json.dumps(policy), "utf-8")
    for form in ("text", "markdown", "json"):
        result = run(["explain", "--call", json.dumps({"tool": tool, "args": {}}), "--format", form], cwd=repository)
        assert result.code == 0
        assert "\x1b" not in result.stdout
        assert not any(line.lstrip().startswith("::") for line in result.stdout.splitlines())
        if form == "markdown":
            assert "<b>" not in result.stdout.replace("<code>", "")


def test_markdown_has_the_same_words(run: Run) -> None:
    result = explain(run, "--call", REFUND, "--format", "markdown")
    assert "4. **require** denies: something that must hold does not\n" in result.stdout
    assert "      - `args.amount lte 5000` · does not hold, sees `9000`\n" in result.stdout


def test_usage_of_more_digits_than_python_prints_is_explained(run: Run, repository: Path) -> None:
    nines = int("9" * 4_300)
    limit = {"counter": "c", "max": nines, "window": "day", "amount_from": "args.n"}
    policy = {"version": "1", "default": "allow", "tools": {"pay": {"limits": [limit]}}}
    (repository / "policy.json").write_text(json.dumps(policy), "utf-8")
    calls = [{"tool": "pay", "grant": "g", "args": {"n": nines}}] * 3
    (repository / "calls.jsonl").write_text("\n".join(map(json.dumps, calls)), "utf-8")
    words = ("explain", "--trace", "calls.jsonl", "--line", "3", "--window", "sliding")
    assert "used 0 to 2.000000e+4300 of " in run(words, cwd=repository).stdout
    used = as_json(run([*words, "--format", "json"], cwd=repository))["stages"][-1]["limits"][0]["used"]
    assert used == {"least": 0, "most": "1" + "9" * 4_299 + "8"}


def test_a_duplicate_is_called_one_and_explained_all_the_same(run: Run, repository: Path) -> None:
    (repository / "policy.json").write_text('{"version": "1", "default": "allow"}', "utf-8")
    (repository / "calls.jsonl").write_text('{"tool": "t", "id": "1", "args": {}}\n' * 2, "utf-8")
    words = ("explain", "--trace", "calls.jsonl", "--line")
    assert "repeats a record before it" not in run([*words, "1"], cwd=repository).stdout
    assert "it repeats a record before it, so a replay drops it" in run([*words, "2"], cwd=repository).stdout
    source = as_json(run([*words, "2", "--format", "json"], cwd=repository))["source"]
    assert source == {"file": "calls.jsonl", "line": 2, "repeats": True}


def test_a_policy_from_standard_input_has_places_too(run: Run) -> None:
    policy = '{"version": "1",\n "default": "deny"}'
    result = run(["explain", "--policy", "-", "--call", '{"tool": "t"}'], stdin=policy)
    assert (result.code, result.stderr) == (0, "")
    assert "-:2:2" in result.stdout


@pytest.mark.parametrize("words", [("--call", "-"), ("--trace", "-", "--line", "1")])
def test_standard_input_is_not_read_twice(run: Run, words: tuple[str, ...]) -> None:
    result = run(["explain", "--policy", "-", *words], stdin="{}")
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: standard input can be read once only\n")
