"""A value of an argument appears in no output, comment or error of any command, unless the user asks for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Result, Run

CANARY = "canary-7Qx"
TIMED = "2026-01-01T00:00:00Z"

#: A canary at every place of every kind of record that holds values of arguments.
CALLS: tuple[Any, ...] = (
    {
        "tool": "pay",
        "args": {"amount": 5, "to": CANARY, "deep": {"x": [CANARY, {"y": CANARY}]}},
        "ts": TIMED,
        "id": "1",
    },
    {"tool": "pay", "args": {"amount": CANARY}, "session": "s", "grant": "g", "ts": TIMED},
    {"tool": "pay", "args": {"amount": 500, "note": CANARY}, "session": "s", "grant": "g", "ts": TIMED},
    {"tool": "rm", "args": {"path": CANARY}},
    {"tool": "ask", "args": {"question": CANARY}, "session": "s"},
    {"tool": "pay", "args": CANARY},
    {"tool": "pay", "args": [CANARY]},
    {"tool": "pay", "args": {"to": CANARY}, "redacted": ["/amount"]},
    {"tool": "pay", "args": {"to": CANARY}, "args_state": "hashed"},
)
LINES = (
    *(json.dumps(call) for call in CALLS),
    json.dumps(
        {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "rm", "arguments": {"x": CANARY}}}
    ),
    f'{{"tool":"pay","args":{{"to":"{CANARY}"',
    f'{{"tool":"pay","args":{{"to":"{CANARY}","n":NaN}}}}',
    f'{{"tool":7,"args":{{"to":"{CANARY}"}}}}',
    f'{{"name":"pay","arguments":{{"to":"{CANARY}"}}}}',
    f'{{"approval":{{"args":{{"to":"{CANARY}"}}}}}}',
    f'{{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{{"arguments":{{"x":"{CANARY}"}}}}}}',
    f'{{"tool":"pay","args":{{"to":"{CANARY}\\ud800"}}}}',
    f'["{CANARY}"]',
    f'"{CANARY}"',
    CANARY,
)
POLICY = {
    "version": "1",
    "default": "allow",
    "tools": {
        "pay": {
            "require": [{"conditions": [{"path": "args.to", "op": "neq", "value": "x"}]}],
            "deny_if": [{"conditions": [{"path": "args.amount", "op": "gt", "value": 100}]}],
            "limits": [{"counter": "money", "max": 10, "window": "day", "amount_from": "args.amount"}],
        },
        "rm": {"deny_if": [{"conditions": [{"path": "args.path", "op": "regex", "value": "7Q"}]}]},
        "ask": {"action": "require_approval"},
    },
}


@pytest.fixture
def folder(repository: Path) -> Path:
    (repository / "calls.jsonl").write_text("\n".join(LINES) + "\n", "utf-8")
    (repository / "policy.json").write_text(json.dumps(POLICY))
    (repository / "open.json").write_text('{"version": "1", "default": "allow"}')
    (repository / "list.json").write_text('[{"name": "pay"}]')
    for number, line in enumerate(LINES):
        (repository / f"one-{number}.json").write_text(line + "\n", "utf-8")
    (repository / "pretty.json").write_text(json.dumps(CALLS, indent=2))
    (repository / "pretty-one.json").write_text(json.dumps(CALLS[0], indent=2))
    return repository


def everything(result: Result, folder: Path, *written: str) -> str:
    files = "".join((folder / name).read_text("utf-8") for name in written if (folder / name).exists())
    assert "Traceback" not in result.stderr
    return result.stdout + result.stderr + files


@pytest.mark.parametrize("form", ["text", "json", "ndjson", "markdown", "sarif", "github"])
@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--stats",),
        ("--bad", "meta.x=1", "--good", "meta.y", "--max-denied", "0", "--min-fidelity", "50%"),
        ("--map", "tool=/tool,args=/args,session=/session"),
        ("--map", "tool=/params/name,args=/params/arguments"),
        ("--grant-from", "meta.user", "--window", "sliding"),
        ("--server", "other"),
        ("--base", "open.json", "--amount", "args.amount", "--amount", "to", "--max-changed", "0"),
        ("--base", "open.json", "--stats", "--bad", "meta.x=1", "--min-fidelity", "1%"),
    ],
)
def test_simulate_says_nothing_of_values(run: Run, folder: Path, form: str, options: tuple[str, ...]) -> None:
    more = ("--decisions", "d.jsonl", "--output", "json=r.json", "--output", "markdown=r.md", "--output", "text=r.txt")
    result = run(["simulate", "calls.jsonl", "--format", form, *more, *options], cwd=folder)
    assert result.code in {1, 3, 4}
    assert (folder / "d.jsonl").exists()
    assert CANARY not in everything(result, folder, "d.jsonl", "r.json", "r.md", "r.txt")


def test_simulate_shows_values_when_asked(run: Run, folder: Path) -> None:
    for options in (("--format", "ndjson"), ("--decisions", "-")):
        result = run(["simulate", "calls.jsonl", "--show-args", *options], cwd=folder)
        rows = [json.loads(line) for line in result.stdout.splitlines() if line.startswith('{"verdict"')]
        shown = [made["args"] for made in rows]
        assert shown == [*(call["args"] for call in CALLS), {"x": CANARY}]


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
@pytest.mark.parametrize("line", range(1, len(LINES) + 1))
def test_explain_says_nothing_of_recorded_values(run: Run, folder: Path, form: str, line: int) -> None:
    result = run(["explain", "--trace", "calls.jsonl", "--line", str(line), "--format", form], cwd=folder)
    assert result.code in {0, 2}
    assert CANARY not in everything(result, folder)


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_diff_says_nothing_of_recorded_values(run: Run, folder: Path, form: str) -> None:
    (folder / "open.json").write_text('{"version": "1", "default": "allow"}')
    result = run(["diff", "policy.json", "open.json", "--traces", "calls.jsonl", "--format", form], cwd=folder)
    assert result.code in {0, 4}
    assert CANARY not in everything(result, folder)


NAMES = ("calls.jsonl", "pretty.json", "pretty-one.json", *(f"one-{number}.json" for number in range(len(LINES) - 3)))
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("validate",),
    ("validate", "--format", "concise"),
    ("validate", "--format", "json"),
    ("fmt", "--check"),
    ("fmt", "--diff"),
    ("fmt",),
    ("simulate", "calls.jsonl", "--policy"),
    ("simulate", "calls.jsonl", "--catalog"),
    ("simulate", "calls.jsonl", "--config"),
    ("explain", "--call", '{"tool":"pay"}', "--policy"),
    ("diff", "policy.json"),
    ("diff", "policy.json", "policy.json", "--catalog"),
    ("config", "--config"),
    ("catalog", "import", "--server", "s"),
    ("catalog", "import", "--server", "s", "-o", "out.json", "--format", "sarif"),
    ("catalog", "diff", "list.json"),
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_trace_where_something_else_belongs_is_not_quoted(
    run: Run, folder: Path, command: tuple[str, ...], name: str
) -> None:
    result = run([*command, name], cwd=folder)
    assert result.code in {1, 2}
    assert CANARY not in everything(result, folder)


def test_a_trace_named_by_mistake_is_called_what_it_is(run: Run, folder: Path) -> None:
    result = run(["validate", "calls.jsonl"], cwd=folder)
    assert "`policyctl simulate` is what replays them" in result.stdout


def test_standard_input_is_not_quoted_either(run: Run, folder: Path) -> None:
    trace = (folder / "calls.jsonl").read_bytes()
    for words in (["validate", "-"], ["fmt", "-"], ["simulate", "calls.jsonl", "--policy", "-"]):
        result = run(words, stdin=trace, cwd=folder)
        assert result.code == 1
        assert CANARY not in everything(result, folder)


def test_an_error_in_a_policy_is_still_quoted(run: Run, folder: Path) -> None:
    (folder / "policy.json").write_text('{"version":"1","default":"allow","tools":{"tool":{"acton":"deny"}}}')
    assert '"tools":{"tool":{"acton":"deny"}}' in run(["validate", "policy.json"], cwd=folder).stdout


def test_a_call_that_the_user_writes_down_is_echoed(run: Run, folder: Path) -> None:
    result = run(["explain", "--call", '{"tool":"pay","args":{"to":"mine"'], cwd=folder)
    assert '{"tool":"pay","args":{"to":"mine"' in result.stderr
