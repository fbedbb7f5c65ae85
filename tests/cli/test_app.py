from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from policyctl.cli.commands import BY_NAME, COMMANDS, GROUPS, Command

if TYPE_CHECKING:
    from tests.conftest import Run


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_help_of_every_command_ends_with_two_examples(run: Run, command: Command) -> None:
    result = run([*command.words, "--help"])
    assert (result.code, result.stderr) == (0, "")
    ending = result.stdout.rstrip("\n").split("\n\n")[-1].splitlines()
    assert [line.strip() for line in ending] == ["Examples:", *command.examples]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_example_is_a_line_of_its_command(command: Command) -> None:
    assert all(example.startswith(f"policyctl {command.name}") for example in command.examples)
    assert BY_NAME[command.name] is command


def test_the_help_of_the_whole_lists_every_command_with_its_line(run: Run) -> None:
    result = run(["--help"])
    assert result.code == 0
    for command in COMMANDS:
        shown = GROUPS.get(command.words[0], command.help)
        assert f"  {command.words[0]:<10}{shown}\n" in result.stdout or shown[:40] in result.stdout
    assert "--install-completion" in result.stdout


@pytest.mark.parametrize("group", GROUPS)
def test_the_help_of_a_group_lists_its_commands(run: Run, group: str) -> None:
    result = run([group, "--help"])
    assert (result.code, result.stderr) == (0, "")
    own = [command for command in COMMANDS if command.words[0] == group]
    assert own
    for command in own:
        assert f"  {command.words[1]}  " in result.stdout
        assert command.help[:40] in result.stdout
    alone = run([group])
    assert (alone.code, alone.stdout, alone.stderr) == (2, "", result.stdout)


@pytest.mark.parametrize("group", GROUPS)
def test_a_word_that_is_no_command_of_a_group_is_told_what_was_meant(run: Run, group: str) -> None:
    last = next(command for command in COMMANDS if command.words[0] == group).words[1]
    result = run([group, f"{last}x"])
    assert (result.code, result.stdout) == (2, "")
    assert f"no such command `{group} {last}x`" in result.stderr
    assert f"`{group} {last}`" in result.stderr


def test_h_is_help(run: Run) -> None:
    assert run(["config", "-h"]).stdout == run(["config", "--help"]).stdout


def test_a_variable_stands_in_for_a_flag_and_a_flag_outranks_it(run: Run) -> None:
    by_variable = run(["config"], env={"POLICYCTL_CONFIG_FORMAT": "json"})
    assert by_variable.stdout.startswith("{")
    by_flag = run(["config", "--format", "text"], env={"POLICYCTL_CONFIG_FORMAT": "json"})
    assert not by_flag.stdout.startswith("{")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_ask_for_commands(run: Run, shell: str) -> None:
    asked = {
        "_POLICYCTL_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "policyctl con",
        "COMP_CWORD": "1",
        "_TYPER_COMPLETE_ARGS": "policyctl con",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    result = run([], env=asked)
    assert result.code == 0
    assert "config" in result.stdout
    assert "schema" not in result.stdout


@pytest.mark.parametrize(
    ("line", "word", "offered"), [("config --form", 2, ["--format"]), ("config --format ", 3, ["text", "json"])]
)
def test_a_shell_can_ask_for_the_flags_of_a_command_and_for_their_values(
    line: str, word: int, offered: list[str]
) -> None:
    # A process of its own: a shell starts one, in which nothing has prepared the answer.
    asked = {"_POLICYCTL_COMPLETE": "complete_bash", "COMP_WORDS": f"policyctl {line}", "COMP_CWORD": str(word)}
    command = [sys.executable, "-P", "-m", "policyctl"]
    process = subprocess.run(command, env=os.environ | asked, capture_output=True, text=True, timeout=60, check=False)
    assert (process.returncode, process.stdout.split(), process.stderr) == (0, offered, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_printed(run: Run, shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    result = run(["--show-completion", shell])
    assert result.code == 0
    assert "_POLICYCTL_COMPLETE" in result.stdout
