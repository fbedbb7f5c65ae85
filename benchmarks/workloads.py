"""What is measured: which commands, over which traces, against what."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measure import run

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work"
#: The directory of the environment that runs this program; a link to the interpreter is not followed out of it.
BIN = Path(sys.executable).parent
SEED = 1


@dataclass(frozen=True, slots=True)
class Replay:
    """A way to replay a trace of calls to so many tools; `options` may hold the folder of the trace as {folder}."""

    name: str
    tools: int
    policy: str
    options: tuple[str, ...] = ("--stats",)

    def command(self, folder: Path) -> list[str]:
        """The words of the command line."""
        options = (option.format(folder=folder) for option in self.options)
        words = [BIN / "policyctl", "simulate", folder / "trace.jsonl", "--policy", folder / self.policy, *options]
        return [os.fspath(word) for word in words]


_DECISIONS = ("--stats", "--decisions", "{folder}/decisions.jsonl")

#: The first two have a goal and are the whole of a quick run.
REPLAYS: tuple[Replay, ...] = (
    Replay("summary, 100 tools", 100, "policy.json"),
    Replay("limits, 100 tools", 100, "policy-limits.json"),
    Replay("summary, 5 tools", 5, "policy.json"),
    Replay("summary, 1,300 tools", 1_300, "policy.json"),
    Replay("limits, 5 tools", 5, "policy-limits.json"),
    Replay("limits, 1,300 tools", 1_300, "policy-limits.json"),
    Replay("a decision per call, 100 tools", 100, "policy.json", _DECISIONS),
)
QUICK = 2
#: The shares of orjson's rate that are asked for.
GOALS = {"summary, 100 tools": 0.3, "limits, 100 tools": 0.2}


def baseline(parser: str, folder: Path) -> list[str]:
    """The program that only parses."""
    return [os.fspath(word) for word in (sys.executable, HERE / "baseline.py", parser, folder / "trace.jsonl")]


def trace(*, tools: int, calls: int) -> Path:
    """The folder of a generated trace with its policies, written unless it is there for the generator as it is now."""
    folder = WORK / f"{tools}-tools-{calls}-calls"
    stamp = folder / "generated"
    if not (stamp.exists() and stamp.read_text("utf-8") == _generator()):
        options = ("--calls", str(calls), "--tools", str(tools), "--seed", str(SEED))
        folder.mkdir(parents=True, exist_ok=True)
        run([sys.executable, HERE / "generate.py", *options, "--out", folder], out=folder / "generate.log")
        stamp.write_text(_generator(), "utf-8")
    return folder


def _generator() -> str:
    """The sources that decide what is written."""
    names = ("generate.py", "bodies.py", "policies.py", "families.py")
    return json.dumps([(HERE / name).read_text("utf-8") for name in names])


def read_through(path: Path) -> None:
    """Bring a file into the page cache, so that the first to read it is not the one that waits for the disk."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 22):
            pass


@dataclass(frozen=True, slots=True)
class Start:
    """A command that does next to nothing, and an empty program of the same kind."""

    name: str
    ours: Sequence[str]
    empty: Sequence[str]


#: What `pyproject.toml` names as the console script, which the empty ones replace.
_ENTRY = "from policyctl.cli.main import run"

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


def starts() -> tuple[Start, ...]:
    """Both start-up comparisons; the empty programs are made from the installed console script."""
    # What pip copies it compiles too; of an editable install that is done when a module is first run, if at all.
    run([sys.executable, "-m", "compileall", "-q", HERE.parent / "policyctl"], out=WORK / "compile.log")
    policy = trace(tools=5, calls=1_000) / "policy.json"
    ours, small = os.fspath(BIN / "policyctl"), os.fspath(policy)
    empty, command = _console_script("empty_script", _EMPTY_SCRIPT), _console_script("empty_command", _EMPTY_COMMAND)
    return (
        Start("--version", [ours, "--version"], [empty]),
        Start("validate", [ours, "validate", small], [command, small]),
    )


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
