"""The commands on the hand-written pages run as they are written, and print what the pages show."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from policyctl.cli import commands as registered
from policyctl.cli.commands import COMMANDS
from tests.pull_request import build

if TYPE_CHECKING:
    from tests.conftest import Run

ROOT = Path(__file__).parent.parent.parent
PAGES = ("README.md", "fixtures/README.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")))
#: What a page may tell a reader to type without a test that does it.
LEFT_TO_THE_READER = {"pip install policyctl"}


@dataclass(frozen=True, slots=True)
class Command:
    """What is typed, the lines that a page shows below it, and the exit code: 0 unless `echo $?` says another."""

    typed: str
    shown: tuple[str, ...] = ()
    code: int = 0

    @property
    def stdin(self) -> str:
        said = re.match(r"echo '(.*)' \| ", self.typed)
        return said[1] + "\n" if said else ""

    @property
    def words(self) -> list[str]:
        typed = self.typed.rpartition("' | ")[2] if self.stdin else self.typed
        return shlex.split(demo() if typed == "make demo" else typed)[1:]


def demo() -> str:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    found = re.search(r"^DEMO := (.*)$", makefile, re.MULTILINE)
    assert found is not None
    return f"policyctl {found[1]}"


def commands(page: str) -> Iterator[Command]:
    text = (ROOT / page).read_text("utf-8").replace("\\\n", " ")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        yield from _of_console(block)
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        yield from _of_pipeline(yaml.safe_load(block))


def _of_console(block: str) -> Iterator[Command]:
    last: Command | None = None
    for part in block.split("$ ")[1:] if block.startswith("$ ") else ():
        typed, *shown = part.splitlines()
        if typed == "echo $?":
            assert last is not None
            last = replace(last, code=int(shown[0]))
            continue
        if last is not None:
            yield last
        last = Command(typed, tuple(shown))
    if last is not None:
        yield last


def _of_pipeline(document: object) -> Iterator[Command]:
    """The steps of a workflow, or the hooks of pre-commit, which names the files that changed."""
    if isinstance(document, list):
        yield from (Command(step["run"]) for step in document)
    elif isinstance(document, dict) and "repos" in document:
        hooks = [hook for repository in document["repos"] for hook in repository["hooks"]]
        yield from (Command(f"{hook['entry']} fixtures/policies/files.json") for hook in hooks)


@pytest.fixture
def clone(tmp_path: Path, page: str) -> Path:
    """As much of a clone as the pages use, or the repository that a page is about; what a command writes there is lost."""
    if page == "docs/gate.md":
        build(tmp_path / "repository")
        return tmp_path / "repository"
    (tmp_path / ".git").mkdir()
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    return tmp_path


@pytest.mark.parametrize(
    ("page", "command"),
    [pytest.param(page, command, id=f"{page}: {command.typed[:60]}") for page in PAGES for command in commands(page)],
)
def test_a_command_of_a_page_runs_and_prints_what_the_page_shows(run: Run, clone: Path, command: Command) -> None:
    if command.typed in LEFT_TO_THE_READER:
        return
    result = run(command.words, stdin=command.stdin, cwd=clone)
    assert (result.code, result.stderr) == (command.code, "")
    rest = result.stdout
    for is_left_out, lines in groupby(command.shown, key=lambda line: line == "…"):
        if not is_left_out:
            together = "\n".join(lines) + "\n"
            assert together in rest
            rest = rest.partition(together)[2]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_pages_show_each_command(command: registered.Command) -> None:
    words = list(command.words)
    assert any(shown.words[: len(words)] == words for page in PAGES for shown in commands(page))


def test_the_policies_on_the_pages_are_valid(run: Run) -> None:
    blocks = [
        block
        for page in PAGES
        for block in re.findall(r"```json\n(.*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    ]
    policies = [block for block in blocks if '"version"' in block]
    assert policies
    assert all(run(["validate", "-"], stdin=policy).code == 0 for policy in policies)
