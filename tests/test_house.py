"""Promises of the project's own files."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"


def _dependencies() -> list[str]:
    return list(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"])


def test_the_development_requirements_repeat_the_dependencies() -> None:
    lines = (REQUIREMENTS / "dev.in").read_text("utf-8").split("\n\n")[0].splitlines()
    assert [line for line in lines if not line.startswith("#")] == _dependencies()


def test_every_dependency_is_imported_somewhere() -> None:
    modules = packages_distributions()
    source = "\n".join(file.read_text("utf-8") for file in (ROOT / "policyctl").rglob("*.py"))
    imported = {
        module for module in modules if re.search(rf"^ *(?:import|from) {re.escape(module)}\b", source, re.MULTILINE)
    }
    distributions = {name.lower() for module in imported for name in modules[module]}
    asked = {re.split(r"[<>=]", entry)[0] for entry in _dependencies()}
    assert asked <= distributions


def test_every_pinned_requirement_has_hashes_and_none_says_where_it_came_from() -> None:
    text = (REQUIREMENTS / "dev.txt").read_text("utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all(
        re.match(r"[a-z0-9.-]+==\S+ \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n)+", entry + "\n") for entry in entries
    )
    assert not re.search(r"https?:|file:|--index|--find-links|--trusted", text)


def test_the_requirements_pin_everything_that_is_asked_for() -> None:
    asked = re.findall(r"^([A-Za-z0-9-]+)", (REQUIREMENTS / "dev.in").read_text("utf-8"), re.MULTILINE)
    pinned = set(re.findall(r"^([a-z0-9.-]+)==", (REQUIREMENTS / "dev.txt").read_text("utf-8"), re.MULTILINE))
    assert {name.lower() for name in asked} - pinned == set()


@pytest.mark.parametrize("workflow", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=lambda path: path.name)
def test_a_workflow_asks_for_no_more_than_it_needs(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert "\npermissions:\n  contents: read\n" in text
    assert "write-all" not in text
    # What a workflow's expression puts into a script, an attacker who names a branch can write.
    assert not re.search(r"run:[^\n]*\$\{\{", text)


def test_each_target_that_help_lists_is_declared_phony() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    documented = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    assert documented <= set(phony[1].split())
    assert {"demo", "test", "check", "bench", "format", "clean", "help"} <= documented


@pytest.mark.parametrize("file", sorted((ROOT / "policyctl").rglob("*.py")), ids=lambda path: path.stem)
def test_a_source_file_is_short_enough_to_read_at_once(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= 300


def test_the_decisions_are_listed_and_numbered_without_gaps() -> None:
    folder = ROOT / "docs" / "adr"
    files = sorted(file.name for file in folder.glob("0*.md"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
    assert re.findall(r"\((0\d+-[a-z-]+\.md)\)", (folder / "README.md").read_text("utf-8")) == files
