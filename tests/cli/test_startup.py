"""Start-up time is a feature: what a command does not need is not imported. Modules are asserted, not seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from policyctl.cli.commands import COMMANDS

HEAVY = frozenset({"rich", "yaml", "jsonschema", "deepdiff", "msgspec", "re2", "tree_sitter", "jinja2", "zstandard"})


def _imported_by(words: list[str], cwd: Path) -> tuple[int, set[str]]:
    program = (
        "import sys\nfrom policyctl.cli.main import main\n"
        f"code = main({words!r})\n"
        "print('\\n'.join(['', str(code), *sorted(sys.modules)]))"
    )
    process = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, timeout=60, check=True, cwd=cwd
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


@pytest.mark.parametrize("name", ["config", "schema"])
def test_a_command_imports_no_other_command(name: str, tmp_path: Path) -> None:
    code, modules = _imported_by([name], tmp_path)
    assert code == 0
    assert {command.module for command in COMMANDS} & modules == {f"policyctl.cli.{name}"}
    assert modules & HEAVY == set()


def test_a_clean_json_policy_is_validated_without_the_heavy_libraries(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text('{"version": "1", "default": "deny", "tools": {"pay": {}}}')
    code, modules = _imported_by(["validate", "policy.json"], tmp_path)
    assert code == 0
    assert modules & HEAVY == set()


def test_the_help_of_the_whole_imports_no_command(tmp_path: Path) -> None:
    code, modules = _imported_by(["--help"], tmp_path)
    assert code == 0
    assert {command.module for command in COMMANDS} & modules == set()
    assert modules & HEAVY == set()


def test_a_recommendation_imports_neither_yaml_nor_what_compares_policies(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text(
        '{"version": "1", "server": {"id": "s", "name": "s"}, "tools": [{"name": "get_x"}]}'
    )
    code, modules = _imported_by(["recommend", "--catalog", "c.json", "--quiet"], tmp_path)
    assert code == 0
    unused = ("yaml", "rich", "re2", "tree_sitter", "policyctl.diff", "policyctl.cells", "policyctl.catalog.attacks")
    assert not [name for name in modules if name.startswith(unused)]
