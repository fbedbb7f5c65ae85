"""`policyctl gate` in repositories: what a change is told, and that it cannot approve itself."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.pull_request import build

if TYPE_CHECKING:
    from tests.conftest import Run

CATALOG = {
    "version": "1",
    "server": {"id": "s", "name": "S"},
    "tools": [
        {"name": "pay", "category": "Financial", "risk": "Critical"},
        {"name": "look", "category": "Read", "risk": "Low"},
    ],
}
BOUND = {
    "require": [
        {
            "conditions": [
                {"path": "args.amount", "op": "gt", "value": 0},
                {"path": "args.amount", "op": "lte", "value": 9},
            ]
        }
    ]
}
LOOSE = {
    "require": [
        {
            "conditions": [
                {"path": "args.amount", "op": "gt", "value": 0},
                {"path": "args.amount", "op": "lte", "value": 99},
            ]
        }
    ]
}
CONFIGURATION = """\
policy = "policy.json"
catalog = "catalog.json"
traces = "calls.jsonl"
[check]
asserts = "asserts.json"
[lint]
select = ["ARG", "LOG"]
[gate]
diff = "wider:Financial"
max_newly_allowed = 0
"""
CALLS = "".join(
    json.dumps(
        {"tool": "pay", "args": {"amount": number}, "session": "s", "grant": "g", "ts": f"2026-01-01T00:00:0{place}Z"}
    )
    + "\n"
    for place, number in enumerate((1, 5, 50))
)
NEVER_LOT = {"never_allow": {"tool": "pay"}, "when": [{"path": "args.amount", "op": "gt", "value": 50}]}


def policy(pay: Any, **more: Any) -> dict[str, Any]:
    return {"version": "1", "default": "deny", "tools": {"pay": pay, "look": {}}, **more}


class Change:
    """A repository with a base, and a working tree that changes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")
        self.write("policyctl.toml", CONFIGURATION)
        self.write("catalog.json", CATALOG)
        self.write("calls.jsonl", CALLS)
        self.write("asserts.json", {"version": "1", "asserts": [NEVER_LOT]})
        self.write("policy.json", policy(BOUND))
        self.commit()

    def git(self, *words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "core.hooksPath=/dev/null")
        subprocess.run(["git", *who, *words], cwd=self.folder, check=True, capture_output=True)

    def write(self, name: str, content: Any) -> None:
        (self.folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "base")


@pytest.fixture
def change(tmp_path: Path) -> Change:
    return Change(tmp_path)


Judged = Callable[..., Any]


@pytest.fixture
def judged(run: Run, change: Change, published: Callable[[str], Any]) -> Judged:
    """The JSON report of the gate on the change, held against its schema."""

    def judge(*options: str) -> Any:
        result = run(["gate", "--base-rev", "HEAD", "--format", "json", *options], cwd=change.folder)
        assert result.stdout, result.stderr
        report = published(result.stdout)
        assert report["exit"] == result.code
        return report

    return judge


def outcomes(report: Any) -> dict[str, str]:
    return {step["analysis"]: step["outcome"] for step in report["steps"]}


def test_a_tree_without_a_change_passes_and_compares_nothing(judged: Judged) -> None:
    report = judged()
    assert (report["exit"], report["outcome"]) == (0, "pass")
    assert set(outcomes(report).values()) == {"pass"}
    assert [each["standing"] for each in report["policies"]] == ["unchanged"]
    assert report["diffs"] == []
    assert report["simulate"]["schema"] == "policyctl/simulate/v1"


def test_a_wider_policy_fails_where_the_base_minds(change: Change, judged: Judged) -> None:
    change.write("policy.json", policy(LOOSE))
    report = judged()
    assert report["exit"] == 1
    assert outcomes(report) == {
        "validate": "pass",
        "lint": "pass",
        "diff": "fail",
        "check": "fail",
        "simulate": "fail",
    }
    assert report["diffs"][0]["relation"] == "wider"
    assert report["simulate"]["schema"] == "policyctl/simulate-base/v1"
    why = {step["analysis"]: step["why"] for step in report["steps"]}
    assert why["diff"] == ["`--fail-on wider:Financial`: `pay` of `policy.json`"]
    assert why["simulate"] == ["`--max-newly-allowed 0`: 1 of 3"]


def test_a_narrower_policy_passes(change: Change, judged: Judged) -> None:
    change.write("policy.json", policy({"action": "deny"}))
    report = judged()
    assert (report["exit"], report["diffs"][0]["relation"]) == (0, "narrower")


def test_findings_and_the_errors_of_a_file_are_told_apart(change: Change, judged: Judged) -> None:
    denial = {"deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 9}]}]}
    change.write("policy.json", policy(denial))
    assert outcomes(judged())["lint"] == "fail"
    change.write("policy.json", {**policy(BOUND), "defautl": "deny"})
    report = judged()
    assert outcomes(report) == {
        "validate": "fail",
        "lint": "pass",
        "diff": "pass",
        "check": "skipped",
        "simulate": "skipped",
    }
    assert report["exit"] == 1


@pytest.mark.parametrize("name", ["policyctl.toml", "pyproject.toml"])
def test_a_change_cannot_loosen_what_it_is_held_against(change: Change, judged: Judged, name: str) -> None:
    denial = {"deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 99}]}]}
    change.write("policy.json", policy(denial))
    before = judged()
    change.write("asserts.json", {"version": "1", "asserts": [{"always_deny": {"tool": "nothing_like_it"}}]})
    suppressed = """
[[suppress]]
rule = "ARG02"
policy = "policy.json"
at = "/tools/pay/deny_if/0"
reason = "because"
expires = 2999-01-01
"""
    loose = (
        'policy = "policy.json"\ncatalog = "catalog.json"\ntraces = "calls.jsonl"\n[lint]\nignore = ["ARG", "NUM"]\n'
        + suppressed
    )
    (change.folder / "policyctl.toml").unlink()
    if name == "pyproject.toml":
        loose = loose.replace("[lint]", "[tool.policyctl.lint]").replace("[[suppress]]", "[[tool.policyctl.suppress]]")
        loose = "[tool.policyctl]\n" + loose
    change.write(name, loose)
    after = judged()
    assert (
        outcomes(after)
        == outcomes(before)
        == {
            "validate": "pass",
            "lint": "fail",
            "diff": "fail",
            "check": "fail",
            "simulate": "fail",
        }
    )
    found = [{finding["code"] for finding in report["lint"]["diagnostics"]} for report in (before, after)]
    assert "ARG02" in found[0]
    assert found[0] <= found[1]


def test_a_change_may_assert_more(change: Change, judged: Judged) -> None:
    more = {"version": "1", "asserts": [NEVER_LOT, {"always_deny": {"tool": "look"}}]}
    change.write("asserts.json", more)
    report = judged()
    assert outcomes(report)["check"] == "fail"
    assert [result["asserts"]["file"] for result in report["check"]["results"]] == ["HEAD:asserts.json", "asserts.json"]


def test_what_is_changed_beside_the_policies_is_remarked(change: Change, judged: Judged) -> None:
    assert judged()["remarks"] == []
    change.write("catalog.json", {**CATALOG, "tools": CATALOG["tools"][:1]})  # type: ignore[index]
    change.write("policyctl.toml", CONFIGURATION + "max_denied = 7\n")
    catalog, configuration = judged()["remarks"]
    assert catalog.startswith("`catalog.json` is changed too")
    assert configuration.startswith("`policyctl.toml` is changed too")


def test_policies_that_come_go_and_were_broken(change: Change, judged: Judged) -> None:
    servers = '[servers."one"]\npolicy = "policy.json"\n[servers."two"]\npolicy = "two.json"\n'
    change.write("policyctl.toml", servers + '[gate]\ndiff = "wider"\n')
    change.write("two.json", policy(BOUND))
    change.commit()
    change.write(
        "policyctl.toml", '[servers."one"]\npolicy = "policy.json"\n[servers."three"]\npolicy = "three.json"\n'
    )
    change.write("three.json", policy(BOUND))
    report = judged()
    assert [(each["server"], each["standing"]) for each in report["policies"]] == [
        ("one", "unchanged"),
        ("three", "new"),
        ("two", "gone"),
    ]
    assert outcomes(report)["diff"] == "fail"
    change.write("policy.json", "{")
    change.write("policyctl.toml", 'policy = "policy.json"\n')
    change.commit()
    change.write("policy.json", policy(BOUND))
    report = judged()
    assert (report["policies"][0]["standing"], outcomes(report)["diff"]) == ("unreadable at the base", "pass")


def test_without_a_configuration_there_is_the_policy_that_lies_there(change: Change, judged: Judged) -> None:
    (change.folder / "policyctl.toml").unlink()
    change.commit()
    change.write("policy.json", policy(LOOSE))
    report = judged()
    assert outcomes(report) == {
        "validate": "pass",
        "lint": "pass",
        "diff": "pass",
        "check": "skipped",
        "simulate": "skipped",
    }
    more = judged("policy.json", "--catalog", "catalog.json", "--traces", "calls.jsonl", "--assert", "asserts.json")
    assert outcomes(more)["check"] == "fail"
    assert more["simulate"]["calls"] == 3


def test_what_cannot_be_known_is_no_pass(change: Change, judged: Judged) -> None:
    odd = {"require": [{"conditions": [{"path": "args.amount", "op": "regex", "value": r"^\C$"}]}]}
    change.write("policy.json", {**policy(odd), "default": "deny"})
    change.write("asserts.json", {"version": "1", "asserts": []})
    report = judged()
    assert outcomes(report)["diff"] in {"undetermined", "fail"}
    assert report["exit"] in {1, 4}


def test_recordings_without_a_call_are_no_pass(change: Change, judged: Judged) -> None:
    change.write("calls.jsonl", "")
    report = judged()
    assert (report["exit"], outcomes(report)["simulate"]) == (3, "nothing checked")


def test_a_rule_that_crashes_is_told_and_exits_with_70(
    run: Run, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: Any) -> Any:
        raise RuntimeError("a defect")

    monkeypatch.setattr("policyctl.lint.rules.arg.fail_open_denial.FailOpenDenial.check", crash)
    result = run(["gate", "--base-rev", "HEAD"], cwd=change.folder)
    assert result.code == 70
    assert "a defect" in result.stderr
    assert "a rule failed on a policy" in result.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--base-rev", "nowhere"], "no revision `nowhere`"),
        ([], "missing option"),
        (["--base-rev", "HEAD", "other.json"], "no such file `other.json`"),
        (["--base-rev", "HEAD", "--catalog", "none.json"], "no such file `none.json`"),
        (["--base-rev", "HEAD", "--output", "html=x.html"], "unknown format"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, change: Change, options: list[str], said: str) -> None:
    result = run(["gate", *options], cwd=change.folder)
    assert (result.code, result.stdout) == (2, "")
    assert said in result.stderr.lower()


def test_outside_a_repository_there_is_no_revision(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text('{"version": "1", "default": "deny"}')
    result = run(["gate", "--base-rev", "HEAD"], cwd=tmp_path)
    assert (result.code, "no git repository to look for `HEAD` in" in result.stderr) == (2, True)


def test_the_comment_of_a_huge_change_is_one_that_github_takes(run: Run, change: Change) -> None:
    many: dict[str, Any] = {f"{'a' * 60}_{number}": {} for number in range(1_000)}
    change.write("policy.json", {**policy(LOOSE), "tools": {"pay": LOOSE, **many}})
    result = run(["gate", "--base-rev", "HEAD", "--format", "markdown"], cwd=change.folder)
    assert result.code == 1
    assert result.stdout.startswith("<!-- policyctl gate -->\n## policyctl gate: fail\n")
    assert len(result.stdout) < 65_536


def test_equal_input_gives_equal_bytes_in_every_format(run: Run, tmp_path: Path) -> None:
    def reports(folder: Path) -> list[bytes]:
        build(folder)
        formats = ("text", "json", "markdown", "sarif", "github", "gitlab", "junit")
        results = [run(["gate", "--base-rev", "main", "--format", form], cwd=folder) for form in formats]
        assert {result.code for result in results} == {1}
        assert all(result.stdout for result in results)
        return [result.raw for result in results]

    assert reports(tmp_path / "one") == reports(tmp_path / "two")


def test_the_files_of_a_run_are_written_beside_the_report(run: Run, change: Change) -> None:
    summary = change.folder / "summary.md"
    options = ["--format", "github", "--output", "markdown=comment.md", "--output", "json=gate.json"]
    change.write("policy.json", policy(LOOSE))
    result = run(["gate", "--base-rev", "HEAD", *options], cwd=change.folder, env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert result.code == 1
    assert summary.read_text("utf-8") == (change.folder / "comment.md").read_text("utf-8")
    assert json.loads((change.folder / "gate.json").read_text("utf-8"))["outcome"] == "fail"
