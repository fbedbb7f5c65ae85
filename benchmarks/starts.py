"""How long each command takes to start: its work is as small as can be, its partner an empty program of the same kind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from figures import Better, Figure, Setting, Table, ratios
from measure import in_turn, run
from workloads import BIN, HERE, POLICYCTL, WORK, measuring, started, trace


@dataclass(frozen=True, slots=True)
class Start:
    """A command line, run in a folder with a little of all that commands read."""

    line: str
    goal: float | None = None
    against_script: bool = False
    is_daily: bool = False


STARTS: tuple[Start, ...] = (
    Start("--version", 1.3, against_script=True, is_daily=True),
    Start("validate policy.json", 1.3, is_daily=True),
    Start("lint policy.json", 1.3, is_daily=True),
    Start("lint --catalog catalog.json policy.json"),
    Start("fmt --check small.json"),
    Start('explain --policy policy.json --call {"tool":"get_time"}'),
    Start("simulate calls.jsonl --policy policy.json", is_daily=True),
    Start("diff old.json policy.json"),
    Start("check --assert asserts.json --policy policy.json"),
    Start("gate --base-rev HEAD policy.json"),
    Start("rule LOG04"),
    Start("recommend --catalog catalog.json"),
    Start("init new --dry-run"),
    Start("catalog import list.json --server s"),
    Start("catalog classify catalog.json"),
    Start("catalog show --catalog catalog.json"),
    Start("catalog diff catalog.json catalog.json --policy policy.json"),
    Start("config"),
    Start("schema"),
    Start("--help"),
    # It writes a configuration, which the others would read.
    Start("suppress accepted.json LOG04 --reason later"),
)

_EMPTY_SCRIPT = "def run():\n    return 0\n"
_EMPTY_COMMAND = '''\
from pathlib import Path

import typer

app = typer.Typer()


@app.command()
def check(files: list[Path]) -> None:
    """Nothing."""


def run():
    app()
'''
#: What `pyproject.toml` names as the console script, which the empty ones replace.
_ENTRY = "from policyctl.cli.main import run"


def chapter(setting: Setting) -> Iterator[Table]:
    """Each command against an empty Typer command; `--version` against an empty console script."""
    # What pip copies it compiles too; of an editable install that is done when a module is first run, if at all.
    run([sys.executable, "-m", "compileall", "-q", HERE.parent / "policyctl"], out=WORK / "compile.log")
    folder, script, command = _folder(), _console_script("empty_script", _EMPTY_SCRIPT), empty_command()
    with chdir(folder):
        figures = [
            _figure(start, setting, [script] if start.against_script else [command, "policy.json"])
            for start in STARTS
            if setting.wants("start", f"policyctl {start.line}") and (start.is_daily or not setting.quick)
        ]
    yield Table(
        "start",
        "Start-up",
        "Each command with next to nothing to do, against a Typer command that does nothing; `--version` against a "
        "console script that does nothing. The policy has five tools with three conditions each, the catalog one tool, the trace one call.",
        ("milliseconds", "empty program"),
        "times as long",
        Better.LESS,
        tuple(figures),
    )


def _figure(start: Start, setting: Setting, empty: list[str]) -> Figure:
    name = f"policyctl {start.line}"
    measuring(f"the start of {name}")
    words = [POLICYCTL, *start.line.split()]
    rounds = (7 if setting.quick else 25) if start.goal else (5 if setting.quick else 11)
    pairs = in_turn(rounds, lambda: started(words, allowed=frozenset({0, 1})), lambda: started(empty))
    milliseconds = [f"{median(each.cpu for each in side) * 1e3:.0f}" for side in zip(*pairs, strict=True)]
    return Figure(name, ratios([(ours.cpu, other.cpu) for ours, other in pairs]), start.goal, tuple(milliseconds))


def _folder() -> Path:
    """A little of everything; what it holds does not change between runs."""
    folder = WORK / "little"
    folder.mkdir(parents=True, exist_ok=True)
    policy = (trace(tools=5, calls=1_000) / "policy.json").read_text("utf-8")
    small = '{\n  "version": "1",\n  "default": "deny",\n  "tools": {\n    "get_time": {}\n  }\n}\n'
    tool = {"name": "get_time", "description": "The time of day.", "inputSchema": {"type": "object", "properties": {}}}
    texts = {
        "policy.json": policy,
        "old.json": policy,
        "small.json": small,
        "catalog.json": json.dumps({"version": "1", "server": {"id": "s", "name": "s"}, "tools": [tool]}),
        "list.json": json.dumps({"tools": [tool]}),
        "asserts.json": '{"version": "1", "asserts": [{"can_allow": {"tool": "payment_refund_0000"}}]}',
        "calls.jsonl": '{"tool": "get_time", "args": {}}\n',
        "accepted.json": '{"version": "1", "default": "deny", "hide": ["a"], "tools": {"a": {"action": "deny"}}}',
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "policyctl.toml").unlink(missing_ok=True)
    _commit(folder)
    return folder


def _commit(folder: Path) -> None:
    """A repository of its own, so that `gate` has a revision to compare with."""
    for words in (
        ("init", "--quiet"),
        ("add", "."),
        ("commit", "--quiet", "--allow-empty", "--message", "what is there"),
    ):
        who = ("-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", folder, *who, *words], check=True)


def empty_command() -> str:
    """The Typer command that does nothing, made from the installed console script."""
    return _console_script("empty_command", _EMPTY_COMMAND)


def _console_script(name: str, module: str) -> str:
    """The installer's script word for word, but for the module that it starts."""
    folder = WORK / "start"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(module, "utf-8")
    script = folder / name.replace("_", "-")
    installed = (BIN / "policyctl").read_text("utf-8")
    assert _ENTRY in installed
    script.write_text(installed.replace(_ENTRY, f"from {name} import run"), "utf-8")
    script.chmod(0o755)
    return os.fspath(script)
