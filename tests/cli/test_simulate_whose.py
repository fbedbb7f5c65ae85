"""Which policy a call is for, under which name, on whose account: flags, variables and configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Replay
    from tests.conftest import Run

DENY_RM = {"version": "1", "default": "allow", "tools": {"rm": {"action": "deny"}}}
TIMED = "2026-01-01T00:00:00Z"


def rm(server: str | None = None, tool: str = "rm", **fields: Any) -> dict[str, Any]:
    return {"tool": tool, "args": {}, "server": server, **fields}


def test_one_policy_judges_all_lines_and_the_report_says_how_many_servers_they_name(replay: Replay) -> None:
    replayed = replay([rm("a"), rm("b"), rm()], policy=DENY_RM)
    assert replayed.verdicts == 3 * ["deny"]
    assert replayed.report["coverage"]["servers"] == ["a", "b"]
    assert [(row["server"], row["calls"]) for row in replayed.report["servers"]] == [
        ("(no server)", 1),
        ("a", 1),
        ("b", 1),
    ]


@pytest.mark.parametrize("env", [{}, {"POLICYCTL_SIMULATE_SERVER": "a"}])
def test_calls_of_other_servers_are_not_governed(replay: Replay, env: dict[str, str]) -> None:
    flags = () if env else ("--server", "a")
    replayed = replay([rm("a"), rm("b"), rm("b"), rm()], *flags, policy=DENY_RM, env=env)
    assert (replayed.verdicts, replayed.lines) == (["deny"], [1])
    not_governed = {row["server"]: row["calls"] for row in replayed.report["coverage"]["not_governed"]}
    assert not_governed == {"(no server)": 1, "b": 2}


def test_nothing_governed_is_nothing_checked(replay: Replay) -> None:
    assert replay([rm("b")], "--server", "a").code == 3


@pytest.fixture
def servers(repository: Path) -> Path:
    for name in ("a", "b"):
        (repository / f"{name}.json").write_text(
            json.dumps({"version": "1", "default": "allow", "tools": {name: {"action": "deny"}}, "hide": ["rm"]})
        )
    (repository / "policyctl.toml").write_text(
        '[servers."a"]\npolicy = "a.json"\n[servers."b"]\npolicy = "b.json"\n[servers.c]\n'
    )
    return repository


def test_a_call_goes_to_the_policy_of_its_server(run: Run, servers: Path) -> None:
    calls = [rm("a", "a"), rm("b", "a"), rm("b", "b"), rm("c", "a"), rm(None, "a"), rm("a", "rm")]
    (servers / "calls.jsonl").write_text("".join(json.dumps(call) + "\n" for call in calls))
    result = run(["simulate", "calls.jsonl", "--format", "ndjson"], cwd=servers)
    *decisions, report = map(json.loads, result.stdout.splitlines())
    assert [made["verdict"] for made in decisions] == ["deny", "allow", "deny", "deny"]
    assert [row["file"] for row in report["policies"]] == ["a.json", "b.json"]
    not_governed = {row["server"]: row["calls"] for row in report["coverage"]["not_governed"]}
    assert not_governed == {"c": 1, "(no server)": 1}


def test_a_policy_for_everything_else_leaves_the_servers_their_own(run: Run, servers: Path) -> None:
    settings = servers / "policyctl.toml"
    settings.write_text('policy = "b.json"\n' + settings.read_text())
    (servers / "calls.jsonl").write_text(json.dumps(rm("a", "a")) + "\n")
    result = run(["simulate", "calls.jsonl", "--format", "json"], cwd=servers)
    assert [row["file"] for row in json.loads(result.stdout)["policies"]] == ["a.json", "b.json"]


def test_a_catalog_beside_several_servers_has_to_say_whose_it_is(run: Run, servers: Path) -> None:
    (servers / "calls.jsonl").write_text(json.dumps(rm("a", "a")) + "\n")
    result = run(["simulate", "calls.jsonl", "--catalog", "tools.json"], cwd=servers)
    assert (result.code, result.stdout) == (2, "")
    assert "--catalog" in result.stderr
    assert "add `--server NAME`" in result.stderr


def test_a_prefix_that_names_a_configured_server_leads_to_its_policy(run: Run, servers: Path) -> None:
    calls = [rm(None, "mcp__b__b"), rm(None, "mcp__a__b"), rm("a", "mcp__a__a"), rm("a", "mcp__b__a")]
    (servers / "calls.jsonl").write_text("".join(json.dumps(call) + "\n" for call in calls))
    result = run(["simulate", "calls.jsonl", "--format", "ndjson"], cwd=servers)
    *decisions, report = map(json.loads, result.stdout.splitlines())
    assert [(made["verdict"], made["tool"], made.get("recorded_tool")) for made in decisions] == [
        ("deny", "b", "mcp__b__b"),
        ("allow", "mcp__a__b", None),
        ("deny", "a", "mcp__a__a"),
        ("allow", "mcp__b__a", None),
    ]
    assert report["coverage"]["renamed"] == 2


def test_a_server_flag_takes_the_policy_of_the_configuration(run: Run, servers: Path) -> None:
    (servers / "calls.jsonl").write_text(json.dumps(rm("b", "b")) + "\n")
    result = run(["simulate", "calls.jsonl", "--server", "b", "--decisions", "-"], cwd=servers)
    assert json.loads(result.stdout)["verdict"] == "deny"


NAMES: dict[str, tuple[dict[str, Any], str, str | None]] = {
    "stripped": ({"tools": {"rm": {"action": "deny"}}}, "mcp__files__rm", "rm"),
    "the full name is listed": ({"tools": {"mcp__files__rm": {}, "rm": {"action": "deny"}}}, "mcp__files__rm", None),
    "the full name is hidden": ({"hide": ["mcp__files__rm"], "tools": {"rm": {}}}, "mcp__files__rm", None),
    "the bare name is hidden": ({"hide": ["rm"]}, "mcp__files__rm", "rm"),
    "neither is known": ({"tools": {"other": {}}}, "mcp__files__rm", None),
    "everything is hidden": ({"hide": ["*"]}, "mcp__files__rm", None),
    "no prefix": ({"tools": {"rm": {}}}, "files__rm", None),
    "no server": ({"tools": {"rm": {}}}, "mcp____rm", None),
    "the separator in the name": ({"tools": {"rm__all": {}}}, "mcp__files__rm__all", "rm__all"),
    "the separator in the server": ({"tools": {"rm": {}}}, "mcp__my__files__rm", "rm"),
    "two ways to read it": ({"tools": {"b__c": {}, "c": {}}}, "mcp__a__b__c", "b__c"),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_prefix_is_stripped_only_if_the_bare_name_alone_is_known(replay: Replay, name: str) -> None:
    policy, recorded, bare = NAMES[name]
    replayed = replay([rm(tool=recorded)], policy={"version": "1", "default": "allow", **policy})
    (made,) = replayed.decisions
    assert (made["tool"], made.get("recorded_tool")) == ((bare, recorded) if bare else (recorded, None))
    assert replayed.report["coverage"]["renamed"] == int(bare is not None)
    (row,) = replayed.report["tools"]
    assert (row["tool"], row["recorded"]) == (bare or recorded, [recorded] if bare else [])


def test_a_declared_server_must_be_the_one_in_the_prefix(replay: Replay) -> None:
    lines = [rm("a", "mcp__a__rm"), rm("a", "mcp__b__rm")]
    replayed = replay(lines, "--server", "a", policy=DENY_RM)
    assert [made["tool"] for made in replayed.decisions] == ["rm", "mcp__b__rm"]


def test_a_catalog_knows_names_too(replay: Replay, repository: Path) -> None:
    catalog = {"version": "1", "server": {"id": "files", "name": "files"}, "tools": [{"name": "rm"}]}
    (repository / "catalog.json").write_text(json.dumps(catalog))
    replayed = replay([rm(tool="mcp__files__rm")], "--catalog", "catalog.json")
    assert replayed.decisions[0]["tool"] == "rm"


BY_GRANT = {
    "version": "1",
    "default": "allow",
    "tools": {"pay": {"limits": [{"counter": "c", "max": 1, "window": "minute"}]}},
}


def pay(**fields: Any) -> dict[str, Any]:
    return {"tool": "pay", "args": {}, "ts": TIMED, **fields}


def test_without_a_grant_a_limit_is_unknown_and_the_report_says_so_first(
    replay: Replay, run: Run, repository: Path
) -> None:
    replayed = replay([pay(), pay()], policy=BY_GRANT)
    assert (replayed.code, replayed.verdicts) == (0, ["allow", "undetermined"])
    assert replayed.decisions[1]["cause"] == "no-subject"
    assert replayed.report["coverage"]["grant"] == {"declared": None, "needed": True}
    text = run(["simulate", "calls.jsonl"], cwd=repository).stdout.splitlines()
    assert "limits count by grant, and 2 records name none" in text[1]


DECLARED = {
    "a name": (("--grant", "agent"), [pay(), pay()], ["allow", "deny"]),
    "a name stands behind a recorded one": (("--grant", "agent"), [pay(grant="x"), pay()], ["allow", "allow"]),
    "a name is one grant on each server": (
        ("--grant", "agent"),
        [pay(server="x"), pay(), pay()],
        ["allow", "allow", "deny"],
    ),
    "the session": (
        ("--grant-from", "session"),
        [pay(session="a"), pay(session="b"), pay(session="a")],
        ["allow", "allow", "deny"],
    ),
    "no session": (("--grant-from", "session"), [pay(session="a"), pay()], ["allow", "undetermined"]),
    "the file": (("--grant-from", "file"), [pay(), pay()], ["allow", "deny"]),
    "meta": (("--grant-from", "meta.user"), [pay(meta={"user": "a"}), pay(meta={"user": "b"})], ["allow", "allow"]),
    "meta as a number": (
        ("--grant-from", "meta.user"),
        [pay(meta={"user": 1}), pay(meta={"user": 1})],
        ["allow", "deny"],
    ),
    "deep in meta": (
        ("--grant-from", "meta.a.b"),
        [pay(meta={"a": {"b": "x"}}), pay(meta={"a": 1})],
        ["allow", "undetermined"],
    ),
    "not in meta": (("--grant-from", "meta.user"), [pay(), pay(meta=[])], ["allow", "undetermined"]),
}


@pytest.mark.parametrize("name", DECLARED)
def test_the_user_says_whose_calls_without_a_grant_are(replay: Replay, name: str) -> None:
    options, lines, verdicts = DECLARED[name]
    replayed = replay(lines, *options, policy=BY_GRANT)
    assert (replayed.code, replayed.verdicts) == (0, verdicts)
    assert options[1] in replayed.report["coverage"]["grant"]["declared"]


@pytest.mark.parametrize(
    ("setting", "env"),
    [
        ('grant = "agent"', {}),
        ('grant_from = "file"', {}),
        ("", {"POLICYCTL_SIMULATE_GRANT": "agent"}),
        ("", {"POLICYCTL_SIMULATE_GRANT_FROM": "file"}),
        ('grant_from = "session"', {"POLICYCTL_SIMULATE_GRANT": "agent"}),
    ],
)
def test_the_grant_may_be_configured(replay: Replay, repository: Path, setting: str, env: dict[str, str]) -> None:
    (repository / "policyctl.toml").write_text(f"[traces]\n{setting}\n")
    assert replay([pay(), pay()], policy=BY_GRANT, env=env).verdicts == ["allow", "deny"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--grant", "a", "--grant-from", "session"], "`--grant` and `--grant-from` exclude each other"),
        (["--grant-from", "args.user"], "`--grant-from args.user` is not known"),
        (["--grant-from", "meta."], "`--grant-from meta.` is not known"),
        (["--map", "tool"], "`--map` does not say where `tool` stands"),
        (["--map", "tool=name"], "`--map`: `name` is no JSON Pointer"),
        (["--map", "tool=/a~2"], "`--map`: `/a~2` is no JSON Pointer"),
        (["--map", "tool=/a,tool=/b"], "`--map` names `tool` twice"),
        (["--map", "args=/a"], "`--map` does not say where the tool's name stands"),
        (["--map", "tool=/a,arg=/b"], "`--map` does not know `arg`"),
        (["--map", ""], "`--map` does not know ``"),
        (["--attack-call", "meta.x"], "`--attack-call` needs `--bad`"),
        (["--bad", "args.x=1"], "`--bad` does not know the place `args.x`"),
        (["--good", "meta"], "`--good` does not know the place `meta`"),
        (["--max-denied", "many"], "`--max-denied many` is no bound"),
        (["--max-denied", "101%"], "`--max-denied 101%` is no bound"),
        (["--max-bad-lines", "-1"], "`--max-bad-lines -1` is no bound"),
        (["--output", "json"], "`--output json` names no file"),
        (["--output", "html=x"], "`--output html=x` names an unknown format"),
        (["--policy", "nothing.json"], "no such file `nothing.json`"),
        (["--catalog", "nothing.json"], "no such file `nothing.json`"),
        (["--config", "nothing.toml"], "no such file `nothing.toml`"),
    ],
)
def test_a_wrong_use_is_exit_2_with_a_hint(run: Run, repository: Path, words: list[str], message: str) -> None:
    (repository / "policy.json").write_text(json.dumps(BY_GRANT))
    (repository / "calls.jsonl").write_text(json.dumps(pay()) + "\n")
    result = run(["simulate", "calls.jsonl", *words], cwd=repository)
    assert (result.code, result.stdout) == (2, "")
    first, second = result.stderr.splitlines()
    assert first == f"error: {message}"
    assert second.startswith("hint: ")


MAPS: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "flat": ("tool=/name", {"name": "rm"}, {"tool": "rm"}),
    "deep": ("tool=/params/name,args=/params/arguments", {"params": {"name": "rm", "arguments": {}}}, {"tool": "rm"}),
    "in a list": ("tool=/calls/0/name", {"calls": [{"name": "rm"}]}, {"tool": "rm"}),
    "behind the end of a list": (
        "tool=/name,session=/s/1",
        {"name": "rm", "s": ["a"]},
        {"tool": "rm", "session": None},
    ),
    "no index": ("tool=/name,session=/s/01", {"name": "rm", "s": ["a", "b"]}, {"session": None}),
    "an index of many digits": ("tool=/name,session=/s/" + "9" * 5_000, {"name": "rm", "s": ["a"]}, {"session": None}),
    "escaped": ("tool=/a~1b~0c", {"a/b~c": "rm"}, {"tool": "rm"}),
    "an empty key": ("tool=/", {"": "rm"}, {"tool": "rm"}),
    "spaces": (" tool=/name , session=/s", {"name": "rm", "s": "x"}, {"tool": "rm", "session": "x"}),
    "a number for a session": ("tool=/name,session=/s", {"name": "rm", "s": 7}, {"session": "7"}),
    "what is not mapped is not read": (
        "tool=/name",
        {"name": "rm", "session": "x", "tool": "y"},
        {"tool": "rm", "session": None},
    ),
}


@pytest.mark.parametrize("name", MAPS)
def test_a_map_says_where_the_fields_stand(replay: Replay, repository: Path, name: str) -> None:
    mapping, line, expected = MAPS[name]
    for replayed in (replay([line], "--map", mapping), replay([line], env={"POLICYCTL_SIMULATE_MAP": mapping})):
        assert replayed.code == 0
        assert replayed.decisions[0].items() >= expected.items()


def test_a_map_may_be_configured(replay: Replay, repository: Path) -> None:
    (repository / "policyctl.toml").write_text('[traces]\nmap = { tool = "/name", args = "/a" }\n')
    replayed = replay([{"name": "rm", "a": {}}], policy=DENY_RM)
    assert (replayed.code, replayed.verdicts) == (0, ["deny"])


def test_a_configured_map_has_to_say_where_the_name_stands(run: Run, repository: Path) -> None:
    (repository / "policyctl.toml").write_text('[traces]\nmap = { args = "/a" }\n')
    (repository / "policy.json").write_text(json.dumps(DENY_RM))
    (repository / "calls.jsonl").write_text("{}\n")
    result = run(["simulate", "calls.jsonl"], cwd=repository)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: the configured map does not say where the tool's name stands\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"name":7}', "`tool` is no text"),
        (b'{"other":"rm"}', "the line has no `tool`"),
        (b'["rm"]', "the line is no JSON object"),
        (b'{"name":"\xff"}', "the line is no UTF-8"),
    ],
)
def test_a_line_that_the_map_does_not_fit_is_bad(replay: Replay, line: bytes, message: str) -> None:
    replayed = replay([line, b'{"name":"rm"}'], "--map", "tool=/name")
    assert (replayed.code, replayed.lines) == (4, [2])
    assert replayed.bad[0][2] == message


def test_policy_traces_and_gates_come_from_the_configuration(run: Run, repository: Path) -> None:
    (repository / "policies").mkdir()
    (repository / "policies/own.json").write_text(json.dumps(DENY_RM))
    for name in ("b", "a"):
        (repository / f"{name}.jsonl").write_text(json.dumps(rm()) + "\n")
    (repository / "policyctl.toml").write_text(
        'policy = "policies/own.json"\n[traces]\nfiles = ["*.jsonl"]\n[gate]\nmax_denied = 1\n'
    )
    result = run(["simulate", "--format", "json"], cwd=repository)
    report = json.loads(result.stdout)
    assert result.code == report["exit"] == 1
    assert [trace["file"] for trace in report["traces"]] == ["a.jsonl", "b.jsonl"]
    assert report["verdicts"]["deny"] == 2
    assert run(["simulate", "--max-denied", "2"], cwd=repository).code == 0
