"""`policyctl diff` from the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

Compare = Callable[..., Any]

REQUIRE_SMALL = {"require": [{"conditions": [{"path": "args.amount", "op": "lte", "value": 500}]}]}
REQUIRE_LARGE = {"require": [{"conditions": [{"path": "args.amount", "op": "lte", "value": 1000}]}]}
UNKNOWN = {"require": [{"conditions": [{"path": "args.amount", "op": "regex", "value": r"^\C$"}]}]}
CATALOG = {
    "version": "1",
    "server": {"id": "s", "name": "S"},
    "tools": [
        {
            "name": "pay",
            "category": "Financial",
            "risk": "Critical",
            "confidence": "high",
            "inputSchema": {
                "type": "object",
                "properties": {"amount": {"type": "integer", "maximum": 800}, "to": {"type": "string", "minLength": 2}},
                "required": ["amount", "to"],
            },
        },
        {"name": "look", "category": "Read", "risk": "Low", "confidence": "high"},
    ],
}


def written(folder: Path, **policies: Any) -> None:
    for name, tools in policies.items():
        document = {"version": "1", "default": "deny", "tools": tools} if "version" not in tools else tools
        (folder / f"{name}.json").write_text(json.dumps(document), "utf-8")


@pytest.fixture
def compared(run: Run, repository: Path, published: Callable[[str], Any]) -> Compare:
    """`compared({tools}, {tools}, *options)`: the JSON report, held against its schema."""

    def compare(old: Any, new: Any, *options: str) -> Any:
        written(repository, old=old, new=new)
        (repository / "catalog.json").write_text(json.dumps(CATALOG), "utf-8")
        result = run(["diff", "old.json", "new.json", "--format", "json", *options], cwd=repository)
        assert "Traceback" not in result.stderr
        report = published(result.stdout)
        assert report["exit"] == result.code
        return report

    return compare


def test_a_wider_tool_is_shown_by_a_call_and_fails_nothing(compared: Compare) -> None:
    report = compared({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE})
    assert (report["relation"], report["exit"]) == ("wider", 0)
    (tool,) = report["tools"]
    assert tool["wider"]["call"] == {"tool": "pay", "args": {"amount": 501}, "args_text": '{"amount":501}'}
    assert tool["wider"]["old"] == {
        "verdict": "deny",
        "rule": "/tools/pay/require/args.amount-lte",
        "pointer": "/tools/pay/require/0",
    }
    assert tool["wider"]["new"] == {"verdict": "allow", "rule": "", "pointer": None}
    assert tool["narrower"] is None


@pytest.mark.parametrize(
    ("gate", "code"),
    [
        ("wider", 1),
        ("narrower", 0),
        ("any", 1),
        ("wider:Financial", 1),
        ("wider:critical", 1),
        ("wider:Read", 0),
        ("any:Low", 0),
    ],
)
def test_a_gate_fails_on_what_it_names(compared: Compare, gate: str, code: int) -> None:
    options = ("--fail-on", gate, "--catalog", "catalog.json")
    report = compared({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE}, *options)
    assert report["exit"] == code
    assert report["gates"][0]["failed_by"] == ["pay"] * code


def test_the_configuration_may_hold_the_gate(compared: Compare, repository: Path) -> None:
    (repository / "policyctl.toml").write_text('[gate]\ndiff = "wider"\n', "utf-8")
    assert compared({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE})["exit"] == 1
    assert compared({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE}, "--fail-on", "narrower")["exit"] == 0


def test_incomparable_fails_either_gate(compared: Compare) -> None:
    for gate in ("wider", "narrower"):
        assert compared({"a": {}}, {"b": {}}, "--fail-on", gate)["exit"] == 1


def test_what_is_undetermined_exits_with_four_unless_a_gate_fails(compared: Compare) -> None:
    old, new = {"pay": REQUIRE_SMALL, "x": UNKNOWN}, {"pay": REQUIRE_LARGE, "x": {}}
    report = compared({"x": UNKNOWN}, {"x": {"require": [{"conditions": [{**_condition("regex", "^.$")}]}]}})
    assert (report["relation"], report["exit"]) == ("undetermined", 4)
    assert report["tools"][0]["wider"] == {"undetermined": ["the pattern `^\\C$` holds `\\C`"]}
    assert compared(old, new, "--fail-on", "wider")["exit"] == 1
    assert compared({"x": UNKNOWN}, {"x": UNKNOWN})["exit"] == 0


def _condition(op: str, value: Any) -> dict[str, Any]:
    return {"path": "args.amount", "op": op, "value": value}


def test_a_call_is_valid_under_the_input_schema_where_one_is(compared: Compare) -> None:
    report = compared({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE}, "--catalog", "catalog.json")
    witness = report["tools"][0]["wider"]
    assert (witness["call"]["args"], witness["input_schema"]) == ({"amount": 501, "to": "aa"}, "valid")


def test_a_change_that_no_valid_call_reaches_is_marked(compared: Compare) -> None:
    older = {"require": [{"conditions": [_condition("lte", 900)]}]}
    report = compared({"pay": older}, {"pay": REQUIRE_LARGE}, "--catalog", "catalog.json")
    witness = report["tools"][0]["wider"]
    assert (witness["call"]["args"], witness["input_schema"]) == ({"amount": 901}, "invalid")


def test_words_of_a_schema_that_are_not_understood_are_named(run: Run, compared: Compare, repository: Path) -> None:
    compared({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE})
    schema = {"type": "object", "properties": {"amount": {"type": "number"}}, "dependentRequired": {"amount": ["to"]}}
    tool = {"name": "pay", "category": "Financial", "risk": "Critical", "confidence": "high", "inputSchema": schema}
    (repository / "odd.json").write_text(json.dumps({**CATALOG, "tools": [tool]}), "utf-8")
    words = ["diff", "old.json", "new.json", "--catalog", "odd.json"]
    (found,) = json.loads(run([*words, "--format", "json"], cwd=repository).stdout)["tools"]
    assert (found["wider"]["input_schema"], found["wider"]["input_schema_gaps"]) == ("unchecked", ["dependentRequired"])
    told = " ".join(run(words, cwd=repository).stdout.split())
    assert "(perhaps not valid under the input schema, which uses `dependentRequired`)" in told
    assert "which uses dependentRequired" in run([*words, "--format", "html"], cwd=repository).stdout


def test_a_new_default_is_spelled_out_for_the_catalog(compared: Compare) -> None:
    old = {"version": "1", "default": "deny", "tools": {"pay": {}}}
    report = compared(old, {**old, "default": "allow"}, "--catalog", "catalog.json", "--fail-on", "wider:Read")
    assert [tool["tool"] for tool in report["default"]["tools"]] == ["look"]
    assert report["any_other_tool"]["relation"] == "wider"
    assert report["exit"] == 1


def test_words_alone_are_told_apart_and_equal(compared: Compare) -> None:
    old = {"pay": {"action": "deny", "reason": "no"}, "look": {}}
    report = compared(old, {"look": {}, "pay": {"action": "deny", "reason": "never"}})
    assert (report["relation"], report["tools"]) == ("equal", [])
    assert report["wording"] == [{"pointer": "/tools/pay/reason", "edit": "changed"}]


def test_recorded_calls_are_counted_where_they_changed(compared: Compare, repository: Path) -> None:
    calls = [
        {"tool": "pay", "args": {"amount": 700}},
        {"tool": "pay", "args": {"amount": 7}},
        {"tool": "mcp__bank__pay", "args": {"amount": 800}},
        {"tool": "pay", "args_state": "hashed"},
        {"tool": "pay", "args": {"amount": 900}, "redacted": ["/amount"]},
    ]
    lines = "".join(json.dumps(call) + "\n" for call in calls)
    (repository / "calls.jsonl").write_text(lines + "not json\n", "utf-8")
    report = compared({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE}, "--traces", "calls.jsonl")
    assert report["tools"][0]["recorded"] == {"wider": 2, "narrower": 0}
    assert report["recorded"] == {"calls": 5, "undetermined": 2, "contradicted": 0, "changed": 2, "bad_lines": 1}


def test_a_trace_that_was_recorded_under_a_third_policy_is_said_to_be(
    run: Run, compared: Compare, repository: Path
) -> None:
    recorded = [
        {"tool": "pay", "args": {"amount": 700}, "decision": {"verdict": "allow", "policy": "sha256:0"}},
        {"tool": "pay", "args": {"amount": 7}, "decision": {"verdict": "deny"}},
        {"tool": "pay", "args": {"amount": 700}, "decision": {"verdict": "deny"}},
        {"tool": "pay", "args": {"amount": 700}, "decision": "odd"},
    ]
    (repository / "calls.jsonl").write_text("".join(json.dumps(call) + "\n" for call in recorded), "utf-8")
    report = compared({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE}, "--traces", "calls.jsonl")
    # What was denied may have been over a limit; what was allowed cannot have been denied.
    assert report["recorded"]["contradicted"] == 1
    shown = run(["diff", "old.json", "new.json", "--traces", "calls.jsonl"], cwd=repository).stdout
    assert "1 call on record as allowed that the old policy denies: the record was made under another one" in shown


def test_policies_that_name_no_tool_in_common_may_be_for_two_servers(run: Run, repository: Path) -> None:
    written(repository, old={"a": {}}, new={"b": {}}, empty={})
    for form in ("text", "markdown", "html"):
        told = run(["diff", "old.json", "new.json", "--format", form], cwd=repository).stdout
        assert "no tool is named by both policies: are they for two servers?" in told
        assert "two servers" not in run(["diff", "old.json", "empty.json", "--format", form], cwd=repository).stdout
    report = json.loads(run(["diff", "old.json", "new.json", "--format", "json"], cwd=repository).stdout)
    assert (report["compared"], report["in_both"]) == (2, 0)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository with two commits on `main`, the second one wider."""
    folder = tmp_path / "history"
    folder.mkdir()
    _git(folder, "init", "-q", "-b", "main")
    for tools in ({"pay": REQUIRE_SMALL}, {"pay": REQUIRE_LARGE}):
        written(folder, policy=tools)
        _git(folder, "add", ".")
        _git(folder, "commit", "-q", "-m", "change")
    return folder


def _git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=n", "-c", "user.email=e@example.invalid")
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


def test_either_side_may_be_a_revision(run: Run, history: Path) -> None:
    result = run(["diff", "HEAD~1:policy.json", "policy.json"], cwd=history)
    assert result.code == 0
    assert "HEAD~1:policy.json" in result.stdout
    assert result.stdout.splitlines()[-1] == "compared 1 tool · 1 wider · as a whole wider"
    back = run(["diff", "policy.json", "HEAD~1:policy.json", "--format", "sarif"], cwd=history)
    (place,) = json.loads(back.stdout)["runs"][0]["results"][0]["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {"uri": "policy.json", "uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    ("old", "says", "hint"),
    [
        ("never:policy.json", "no revision `never`", "`git branch --all` and `git tag` list what is there"),
        ("mian:policy.json", "no revision `mian`", "did you mean `main`?"),
        ("main:polcy.json", "no file `polcy.json` in `main`", "`git ls-tree main` lists what is there"),
        ("HEAD~9:policy.json", "no revision `HEAD~9`", "git branch"),
    ],
)
def test_a_revision_or_a_file_of_one_that_is_not_there_is_said_with_a_hint(
    run: Run, history: Path, old: str, says: str, hint: str
) -> None:
    result = run(["diff", old, "policy.json"], cwd=history)
    assert (result.code, result.stdout) == (2, "")
    assert says in result.stderr
    assert hint in result.stderr


def test_a_shallow_clone_without_the_base_is_told_how_to_fetch_it(run: Run, history: Path, tmp_path: Path) -> None:
    _git(tmp_path, "clone", "-q", "--depth", "1", history.as_uri(), "shallow")
    result = run(["diff", "HEAD~1:policy.json", "policy.json"], cwd=tmp_path / "shallow")
    assert (result.code, result.stdout) == (2, "")
    assert "no revision `HEAD~1` in this shallow clone" in result.stderr
    assert "fetch-depth: 0" in result.stderr


def test_without_a_repository_there_is_no_revision(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    written(tmp_path, policy={"pay": {}})
    result = run(["diff", "main:policy.json", "policy.json"], cwd=tmp_path)
    assert (result.code, result.stdout) == (2, "")
    assert "no git repository to look for `main` in" in result.stderr


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--fail-on", "broader"), "names no direction"),
        (("--fail-on", "wider:Bank"), "names no class"),
        (("--fail-on", "wider:Financial"), "no catalog says which tools are of it"),
        (("--output", "json=old.json"), "would be replaced"),
        (("--traces", "missing.jsonl"), "no such file"),
        (("--catalog", "missing.json"), "no such file"),
    ],
)
def test_a_mistake_on_the_command_line_is_said_with_a_hint(
    run: Run, repository: Path, options: tuple[str, ...], says: str
) -> None:
    written(repository, old={}, new={})
    result = run(["diff", "old.json", "new.json", *options], cwd=repository)
    assert result.code == 2
    assert says in result.stderr
    assert "hint" in result.stderr


def test_a_policy_with_errors_is_reported_with_its_places(run: Run, repository: Path) -> None:
    written(repository, old={}, new={"t": {"acton": "deny"}})
    result = run(["diff", "old.json", "new.json"], cwd=repository)
    assert result.code == 1
    assert "did you mean `action`?" in result.stdout


def test_reports_are_the_same_for_the_same_input(run: Run, repository: Path) -> None:
    written(repository, old={"a": REQUIRE_SMALL, "b": {}}, new={"b": {"action": "deny"}, "a": {}})
    for form in ("text", "json", "markdown", "html", "sarif", "github", "gitlab", "junit"):
        words = ["diff", "old.json", "new.json", "--format", form, "--output", "json=report.json"]
        first, second = run(words, cwd=repository), run(words, cwd=repository)
        assert first.stdout == second.stdout
        assert json.loads((repository / "report.json").read_text("utf-8"))["relation"] == "incomparable"


def test_an_infinite_number_is_written_as_text(compared: Compare) -> None:
    most = int("9" * 4_300)
    report = compared({"pay": {"require": [{"conditions": [_condition("lte", most)]}]}}, {"pay": {}})
    assert report["tools"][0]["wider"]["call"]["args_text"] == "{}"
    above = [{"conditions": [_condition("gt", most)]}]
    report = compared({"pay": {"action": "deny"}}, {"pay": {"require": above}})
    assert report["tools"][0]["wider"]["call"] == {"tool": "pay", "args": None, "args_text": '{"amount":1e999}'}
