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
    assert report["recorded"] == {"calls": 5, "undetermined": 2, "changed": 2, "bad_lines": 1}


def test_either_side_may_be_a_revision(run: Run, tmp_path: Path) -> None:
    written(tmp_path, policy={"pay": REQUIRE_SMALL})
    git = ["git", "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=e@example.invalid"]
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run([*git, *words], check=True)
    written(tmp_path, policy={"pay": REQUIRE_LARGE})
    result = run(["diff", "main:policy.json", "policy.json"], cwd=tmp_path)
    assert result.code == 0
    assert "`main:policy.json`" not in result.stdout
    assert "main:policy.json" in result.stdout
    assert result.stdout.splitlines()[-1] == "compared 1 tool · 1 wider · as a whole wider"


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
    for form in ("text", "json", "markdown"):
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
