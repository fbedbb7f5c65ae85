"""`policyctl simulate --base`: where the other policy comes from, what is written, and what is refused."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.conftest import Result, Run

OPEN = {"version": "1", "default": "allow", "tools": {"pay": {}}}
CLOSED = {"version": "1", "default": "allow", "tools": {"pay": {"action": "deny", "reason": "never"}}}
CALLS = [{"tool": "pay", "args": {}, "session": "s"}, {"tool": "pay", "args": {}, "session": "s"}, {"tool": "read"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository whose commit has the open policy and a bound; in the directory both have changed."""
    write(tmp_path / "policy.json", OPEN)
    (tmp_path / "policyctl.toml").write_text("[gate]\nmax_newly_denied = 1\n")
    (tmp_path / "calls.jsonl").write_text("".join(json.dumps(call) + "\n" for call in CALLS))
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    write(tmp_path / "policy.json", CLOSED)
    (tmp_path / "policyctl.toml").write_text("[gate]\nmax_newly_denied = 5\n")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "m")


def write(path: Path, document: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document))


def changes(result: Result, published: Callable[[str], Any]) -> dict[str, int]:
    report = published(result.stdout)
    assert report["exit"] == result.code
    return {row["change"]: row["calls"] for row in report["changes"] if row["calls"]}


@pytest.mark.parametrize("base", ["main:", "main:policy.json", "HEAD:", "HEAD:./policy.json"])
def test_the_base_is_a_file_of_a_commit(run: Run, folder: Path, published: Callable[[str], Any], base: str) -> None:
    result = run(["simulate", "calls.jsonl", "--base", base, "--format", "json"], cwd=folder)
    assert result.code == 0, result.stderr
    assert changes(result, published) == {"newly-denied": 2, "unchanged": 1}


def test_the_base_is_a_file(run: Run, folder: Path, published: Callable[[str], Any]) -> None:
    write(folder / "old.json", OPEN)
    result = run(["simulate", "calls.jsonl", "-b", "old.json", "--format", "json"], cwd=folder)
    assert changes(result, published) == {"newly-denied": 2, "unchanged": 1}
    back = run(["simulate", "calls.jsonl", "-b", "policy.json", "-p", "old.json", "--format", "json"], cwd=folder)
    assert changes(back, published) == {"newly-allowed": 2, "unchanged": 1}


def test_the_base_may_come_from_standard_input(run: Run, folder: Path, published: Callable[[str], Any]) -> None:
    words = ["simulate", "calls.jsonl", "--base", "-", "--format", "json"]
    assert changes(run(words, stdin=json.dumps(OPEN), cwd=folder), published) == {"newly-denied": 2, "unchanged": 1}


def test_a_change_cannot_loosen_the_bounds_that_it_is_held_against(run: Run, folder: Path) -> None:
    words = ["simulate", "calls.jsonl", "--base", "main:"]
    assert run(words, cwd=folder).code == 0
    assert run([*words, "--base-rev", "main"], cwd=folder).code == 1
    assert run([*words, "--base-rev", "main", "--max-newly-denied", "2"], cwd=folder).code == 0
    missing = run([*words, "--base-rev", "gone"], cwd=folder)
    assert (missing.code, missing.stderr.splitlines()[0]) == (2, "error: no revision `gone`")


def test_bounds_on_the_new_policy_are_those_of_the_base_revision_too(run: Run, folder: Path) -> None:
    (folder / "policyctl.toml").write_text("[gate]\nmax_denied = 0\n")
    commit(folder)
    (folder / "policyctl.toml").write_text("")
    assert run(["simulate", "calls.jsonl"], cwd=folder).code == 0
    assert run(["simulate", "calls.jsonl", "--base-rev", "main"], cwd=folder).code == 1


@pytest.fixture
def servers(folder: Path) -> Path:
    """Two servers; the commit has the policy of one of them elsewhere."""
    write(folder / "before" / "bank.json", OPEN)
    write(folder / "shop.json", OPEN)
    (folder / "policyctl.toml").write_text(
        '[servers.bank]\npolicy = "before/bank.json"\n[servers.shop]\npolicy = "shop.json"\n'
    )
    commit(folder)
    git(folder, "mv", "before/bank.json", "bank.json")
    write(folder / "bank.json", CLOSED)
    (folder / "policyctl.toml").write_text(
        '[servers.bank]\npolicy = "bank.json"\n[servers.shop]\npolicy = "shop.json"\n'
    )
    calls: list[Any] = [{"tool": "pay", "args": {}, "server": server} for server in ("bank", "shop", "shop", "other")]
    (folder / "calls.jsonl").write_text("".join(json.dumps(call) + "\n" for call in calls))
    return folder


def test_of_several_servers_each_has_its_own_policy_of_that_revision(
    run: Run, servers: Path, published: Callable[[str], Any]
) -> None:
    result = run(["simulate", "calls.jsonl", "--base", "main:", "--format", "json"], cwd=servers)
    assert changes(result, published) == {"newly-denied": 1, "unchanged": 2}
    files = [(policy["file"], policy["server"]) for policy in json.loads(result.stdout)["base"]["policies"]]
    assert files == [("main:before/bank.json", "bank"), ("main:shop.json", "shop")]


def test_one_base_is_not_for_several_servers(run: Run, servers: Path) -> None:
    result = run(["simulate", "calls.jsonl", "--base", "main:shop.json"], cwd=servers)
    assert result.code == 2
    assert "`--base main:shop.json` is one policy, and the configuration has those of 2 servers" in result.stderr
    assert "`--base REV:`" in result.stderr
    words = ["simulate", "calls.jsonl", "--base", "main:before/bank.json", "--server", "bank"]
    assert run(words, cwd=servers).code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--base", "gone:"), "no revision `gone`"),
        (("--base", "gone:policy.json"), "no such file `gone:policy.json`, and no revision `gone`"),
        (("--base", "main:none.json"), "no file `none.json` in `main`"),
        (("--base", "none.json"), "no such file `none.json`"),
        (("--base", "-", "--policy", "-"), "standard input can be read once only"),
        (("--base", "main:", "--policy", "-"), "`--base main:` does not know where the policy from standard input was"),
        (("--base", "main:", "--amount", "args"), "`--amount args` is no path to an argument"),
        (("--base", "main:", "--amount", "args..x"), "`--amount args..x` is no path to an argument"),
        (("--base", "main:", "--max-changed", "many"), "`--max-changed many` is no bound"),
        (("--max-changed", "1"), "`--max-changed` needs `--base`"),
        (("--amount", "args.x"), "`--amount` needs `--base`"),
        (("--base", "main:", "--decisions", "policy.json"), "`policy.json` is read here, and would be replaced"),
    ],
)
def test_what_cannot_be_compared_is_refused(run: Run, folder: Path, words: tuple[str, ...], message: str) -> None:
    result = run(["simulate", "calls.jsonl", *words], stdin=json.dumps(OPEN), cwd=folder)
    assert (result.code, result.stdout, result.stderr.splitlines()[0]) == (2, "", f"error: {message}")


def test_a_branch_that_is_not_there_may_have_to_be_fetched(run: Run, folder: Path) -> None:
    for base in ("origin/main:", "origin/main:policy.json"):
        assert "have to be fetched first" in run(["simulate", "calls.jsonl", "--base", base], cwd=folder).stderr


def test_a_shallow_clone_without_the_base_is_called_that(run: Run, folder: Path) -> None:
    commit(folder)
    git(folder, "clone", "-q", "--depth=1", f"file://{folder}", "shallow")
    words = ["simulate", "calls.jsonl", "--policy", "policy.json", "--base"]
    for base in ("HEAD~1:", "HEAD~1:policy.json"):
        result = run([*words, base], cwd=folder / "shallow")
        assert result.code == 2
        assert "no revision `HEAD~1` in this shallow clone" in result.stderr


def test_errors_of_both_policies_are_told_at_once_and_each_with_its_file(run: Run, folder: Path) -> None:
    (folder / "old.json").write_text('{"version": "1", "default": "maybe"}')
    (folder / "policy.json").write_text('{"version": "1", "default": "deny", "tool": {}}')
    result = run(["simulate", "calls.jsonl", "--base", "old.json"], cwd=folder)
    assert result.code == 1
    assert "--> old.json:1:29" in result.stdout
    assert "--> policy.json:1:37" in result.stdout
    assert "2 errors: nothing more was done" in result.stdout


def test_the_same_file_twice_is_said_to_change_nothing(run: Run, folder: Path) -> None:
    result = run(["simulate", "calls.jsonl", "--base", "policy.json"], cwd=folder)
    assert result.code == 0
    assert "both policies are the same, byte by byte: nothing can change" in result.stdout


def test_a_record_under_a_third_policy_or_under_the_new_one_says_so(run: Run, folder: Path) -> None:
    (folder / "calls.jsonl").write_text('{"tool": "pay", "args": {}, "decision": {"verdict": "deny", "policy": "x"}}\n')
    report = run(["simulate", "calls.jsonl", "--base", "main:"], cwd=folder).stdout
    assert "1 decision names another policy: `x` (1 call)" in report
    write(folder / "old.json", OPEN)
    write(folder / "x.json", CLOSED)
    report = run(["simulate", "calls.jsonl", "--base", "old.json", "--policy", "x.json"], cwd=folder).stdout
    assert "the record was made under the new policy, as it says itself" in report


@pytest.fixture
def decision() -> Draft202012Validator:
    return Draft202012Validator(json.loads((ROOT / "schemas/output/decision.v1.schema.json").read_text("utf-8")))


def test_each_decision_has_both_sides(run: Run, folder: Path, decision: Draft202012Validator) -> None:
    words = ["simulate", "calls.jsonl", "--base", "main:", "--decisions", "d.jsonl", "--format", "ndjson"]
    result = run(words, cwd=folder)
    lines = (folder / "d.jsonl").read_text("utf-8").splitlines()
    assert result.stdout.splitlines()[:-1] == lines
    made = [json.loads(line) for line in lines]
    for each in made:
        decision.validate(each)
    assert [(each["change"], each["standing"], each["base"]["verdict"], each["verdict"]) for each in made] == [
        ("newly-denied", "observed", "allow", "deny"),
        ("newly-denied", "hypothetical", "allow", "deny"),
        ("unchanged", None, "allow", "allow"),
    ]
    assert made[0]["message"] == "never"
    assert "args" not in made[0]
    shown = run([*words[:-2], "--format", "ndjson", "--show-args"], cwd=folder).stdout
    assert json.loads(shown.splitlines()[0])["args"] == {}


def test_a_decision_says_where_the_sides_know_a_tool_by_other_names(run: Run, folder: Path) -> None:
    (folder / "calls.jsonl").write_text('{"tool": "mcp__bank__pay", "args": {}}\n')
    write(folder / "old.json", {"version": "1", "default": "allow"})
    words = ["simulate", "calls.jsonl", "--base", "old.json", "--decisions", "-"]
    made = json.loads(run(words, cwd=folder).stdout)
    assert (made["tool"], made["recorded_tool"], made["base"]["tool"]) == ("pay", "mcp__bank__pay", "mcp__bank__pay")


def test_one_run_writes_every_format(run: Run, folder: Path, published: Callable[[str], Any]) -> None:
    outputs = [f"--output={form}=r.{form}" for form in ("json", "markdown", "sarif", "text", "github")]
    result = run(["simulate", "calls.jsonl", "--base", "main:", "--stats", *outputs], cwd=folder)
    assert "changes/newly-denied 2\nchanges/newly-denied/observed 1\n" in result.stdout
    assert published((folder / "r.json").read_text("utf-8"))["sessions"] == {"all": 1, "changed": 1}
    assert (folder / "r.markdown").read_text("utf-8").startswith("<!-- policyctl simulate base -->\n")
    assert "newly-denied" in (folder / "r.text").read_text("utf-8")
    [found] = json.loads((folder / "r.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert (found["ruleId"], found["level"]) == ("RPL03", "warning")
    assert found["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "/tools/pay/action"
    assert (
        (folder / "r.github")
        .read_text("utf-8")
        .startswith("::warning title=RPL03 newly-denied,file=policy.json,line=1,")
    )


def test_a_step_summary_is_the_whole_comparison(run: Run, folder: Path) -> None:
    summary = folder / "summary.md"
    words = ["simulate", "calls.jsonl", "--base", "main:", "--format", "github"]
    run(words, cwd=folder, env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert "### changes by rule" in summary.read_text("utf-8")


def test_a_single_replay_has_its_unreadable_lines_for_sarif(run: Run, folder: Path) -> None:
    (folder / "calls.jsonl").write_text('{"tool": "pay", "args": {}}\n{\n')
    result = run(["simulate", "calls.jsonl", "--format", "sarif"], cwd=folder)
    [found] = json.loads(result.stdout)["runs"][0]["results"]
    assert (result.code, found["ruleId"]) == (4, "TRC00")
