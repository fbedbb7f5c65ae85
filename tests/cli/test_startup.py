"""Start-up time is a feature: what a command does not need is not imported. Modules are asserted, not seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from policyctl.cli.commands import BY_NAME, COMMANDS, Command

#: What takes more than a few milliseconds to import, whether this project needs it now and then or only a dependency might.
HEAVY = frozenset(
    {
        *("rich", "yaml", "jsonschema", "deepdiff", "msgspec", "re2", "tree_sitter", "jinja2", "zstandard", "pydantic"),
        *("dask", "distributed", "fsspec", "ruamel", "interegular", "orjson", "numpy", "pandas", "polars"),
        *("asyncio", "multiprocessing", "concurrent", "ssl", "http", "email", "unittest", "sqlite3", "xml"),
    }
)


def _imported_by(words: list[str], cwd: Path, **variables: str) -> tuple[int, set[str]]:
    program = (
        "import sys\nfrom policyctl.cli.main import main\n"
        f"code = main({words!r})\n"
        "print('\\n'.join(['', str(code), *sorted(sys.modules)]))"
    )
    process = subprocess.run(
        [sys.executable, "-P", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=cwd,
        env={**os.environ, **variables},
    )
    lines = process.stdout.splitlines()
    start = len(lines) - lines[::-1].index("")
    return int(lines[start]), set(lines[start + 1 :])


def test_the_version_is_answered_before_typer_is_imported(tmp_path: Path) -> None:
    code, modules = _imported_by(["--version"], tmp_path)
    assert code == 0
    assert modules.isdisjoint(HEAVY | {"typer", "dataclasses", "pathlib", "policyctl.cli.app", "policyctl.errors"})


def test_a_misspelt_command_imports_no_command(tmp_path: Path) -> None:
    code, modules = _imported_by(["valdate"], tmp_path)
    assert code == 2
    assert not {module for module in modules for command in COMMANDS if module == command.module}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Tiny input for every command, all of it JSON, in a repository without a commit."""
    (tmp_path / ".git").mkdir()
    policy = '{\n  "version": "1",\n  "default": "deny",\n  "tools": {\n    "get_time": {}\n  }\n}\n'
    tool = {
        "name": "get_time",
        "description": "The time of day.",
        "inputSchema": {"type": "object", "properties": {}},
        "annotations": {"readOnlyHint": True},
        "category": "Read",
        "risk": "Low",
        "reviewed": {"by": "a", "on": "2026-11-25", "category": "Read", "risk": "Low", "why": "It reads a clock."},
    }
    texts = {
        "policy.json": policy,
        "old.json": policy,
        "accepted.json": '{"version": "1", "default": "deny", "hide": ["a"], "tools": {"a": {"action": "deny"}}}',
        "asserts.json": '{"version": "1", "asserts": [{"can_allow": {"tool": "get_time"}}]}',
        "catalog.json": json.dumps({"version": "1", "server": {"id": "s", "name": "s"}, "tools": [tool]}),
        "list.json": '{"tools": [{"name": "get_time", "inputSchema": {"type": "object"}}]}',
        "calls.jsonl": '{"tool": "get_time", "args": {}}\n',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


#: Calls are msgspec's, which only those need that look at some.
CALLS = frozenset({"msgspec"})
#: A finding has a place, and to find it takes a syntax tree.
PLACES = frozenset({"tree_sitter"})
RUNS = [
    ("validate policy.json", frozenset()),
    ("lint policy.json", frozenset()),
    ("lint --catalog catalog.json policy.json", frozenset()),
    ("fmt --check policy.json", frozenset()),
    ('explain --policy policy.json --call {"tool":"get_time"}', CALLS),
    ("simulate calls.jsonl --policy policy.json", CALLS),
    ("simulate calls.jsonl --policy policy.json --base old.json", CALLS),
    ("diff old.json policy.json", CALLS),
    ("check --assert asserts.json --policy policy.json", CALLS | PLACES),
    ("gate --base-rev HEAD policy.json", CALLS),
    ("suppress accepted.json LOG04 --reason later", PLACES),
    ("rule LOG04", frozenset()),
    ("recommend --catalog catalog.json", frozenset()),
    ("init new", frozenset()),
    ("init --catalog catalog.json new", frozenset()),
    ("catalog import list.json --server s", frozenset()),
    ("catalog classify catalog.json", frozenset()),
    ("catalog show --catalog catalog.json", frozenset()),
    ("catalog diff catalog.json catalog.json --policy policy.json", CALLS),
    ("config", frozenset()),
    ("schema", frozenset()),
]


def _named(line: str) -> Command:
    return max((each for each in COMMANDS if f"{line} ".startswith(f"{each.name} ")), key=lambda each: len(each.words))


def test_every_command_is_run_for_its_imports() -> None:
    assert {_named(line).name for line, _ in RUNS} == set(BY_NAME)


@pytest.mark.parametrize(("line", "needed"), RUNS, ids=[line for line, _ in RUNS])
def test_a_command_imports_no_other_command_and_no_heavy_library_but_what_it_needs(
    line: str, needed: frozenset[str], folder: Path
) -> None:
    code, modules = _imported_by(line.split(), folder)
    assert code == 0
    assert modules & HEAVY == needed
    assert {command.module for command in COMMANDS} & modules == {_named(line).module}


def test_lint_imports_only_the_rules_that_can_run_and_solves_nothing_without_conditions(folder: Path) -> None:
    _, modules = _imported_by(["lint", "--select", "LOG04,FLW01", "policy.json"], folder)
    assert {name for name in modules if name.startswith("policyctl.lint.rules.")} == {
        "policyctl.lint.rules.log",
        "policyctl.lint.rules.log.rules_on_hidden_tool",
    }
    assert not [name for name in modules if name.startswith("policyctl.cells")]


def test_the_help_of_the_whole_imports_no_command(tmp_path: Path) -> None:
    code, modules = _imported_by(["--help"], tmp_path)
    assert code == 0
    assert {command.module for command in COMMANDS} & modules == set()
    assert modules & HEAVY == set()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_a_command_imports_no_other_command_and_nothing_to_read_files_with(
    command: Command, tmp_path: Path
) -> None:
    code, modules = _imported_by([*command.words, "--help"], tmp_path)
    assert code == 0
    assert modules & HEAVY <= CALLS
    assert {each.module for each in COMMANDS} & modules == {command.module}


@pytest.mark.parametrize(
    ("line", "named"), [("policyctl sim", set()), ("policyctl simulate --st", {"policyctl.cli.simulate"})]
)
def test_a_shell_that_asks_what_could_stand_here_imports_no_more_than_the_command_that_stands_there(
    line: str, named: set[str], tmp_path: Path
) -> None:
    position = str(len(line.split()) - 1)
    _, modules = _imported_by([], tmp_path, _POLICYCTL_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=position)
    assert {command.module for command in COMMANDS} & modules == named
    assert modules & HEAVY <= CALLS


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("validate policy.yaml", {"yaml"}),
        ("validate patterns.json", {"re2"}),
        ("validate flawed.json", {"tree_sitter"}),
        ("simulate calls.jsonl --policy policy.yaml", {"msgspec", "yaml"}),
        ("simulate calls.jsonl.zst --policy policy.json", {"msgspec", "zstandard"}),
        ("simulate calls.jsonl --policy policy.json --format markdown", {"msgspec"}),
        ("lint --format sarif policy.json", set()),
        ("catalog show --catalog catalog.json --output html=page.html", {"jinja2"}),
    ],
)
def test_what_is_read_and_written_decides_what_is_imported(line: str, needed: set[str], folder: Path) -> None:
    import zstandard

    conditions = [{"conditions": [{"path": "args.zone", "op": "regex", "value": "^UTC[+-][0-9]+$"}]}]
    patterns = {"version": "1", "default": "deny", "tools": {"get_time": {"require": conditions}}}
    (folder / "patterns.json").write_text(json.dumps(patterns), "utf-8")
    (folder / "policy.yaml").write_text('version: "1"\ndefault: deny\ntools:\n  get_time: {}\n', "utf-8")
    (folder / "flawed.json").write_text('{"version": "1", "default": "maybe", "tools": {}}', "utf-8")
    packed = zstandard.ZstdCompressor().compress((folder / "calls.jsonl").read_bytes())
    (folder / "calls.jsonl.zst").write_bytes(packed)
    code, modules = _imported_by(line.split(), folder)
    assert code == ("flawed" in line)
    assert modules & HEAVY == needed


def test_a_recommendation_imports_neither_yaml_nor_what_compares_policies(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text(
        '{"version": "1", "server": {"id": "s", "name": "s"}, "tools": [{"name": "get_x"}]}'
    )
    code, modules = _imported_by(["recommend", "--catalog", "c.json", "--quiet"], tmp_path)
    assert code == 0
    unused = (
        "yaml",
        "rich",
        "re2",
        "tree_sitter",
        "policyctl.diff",
        "policyctl.lint.rules.arg",
        "policyctl.catalog.attacks",
    )
    assert not [name for name in modules if name.startswith(unused)]
