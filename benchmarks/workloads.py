"""What is measured: the commands, the traces and policies for them, the programs that do less."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from measure import Run, run

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work"
#: The directory of the environment that runs this program; a link to the interpreter is not followed out of it.
BIN = Path(sys.executable).parent
POLICYCTL = os.fspath(BIN / "policyctl")
SEED = 1


def started(words: Sequence[str | Path], *, allowed: frozenset[int] = frozenset({0})) -> Run:
    """One run of a program, with what it says in a file that the next one replaces."""
    return run(words, out=WORK / "output.txt", allowed=allowed)


def line(*words: str | Path) -> list[str]:
    """A command line."""
    return [os.fspath(word) for word in words]


def simulate(folder: Path, policy: str, *options: str | Path) -> list[str]:
    """The replay of a generated trace, in one process."""
    jobs = ("--jobs", "1") if knows("simulate", "--jobs") else ()
    return line(POLICYCTL, "simulate", folder / "trace.jsonl", "--policy", folder / policy, "--stats", *options, *jobs)


def baseline(parser: str, folder: Path) -> list[str]:
    """The program that only parses."""
    return line(sys.executable, HERE / "baseline.py", parser, folder / "trace.jsonl", folder / "policy.json")


@cache
def knows(command: str, option: str) -> bool:
    """Whether a command has an option in the policyctl that is measured."""
    out = WORK / "help.txt"
    run([POLICYCTL, command, "--help"], out=out)
    return option in out.read_text("utf-8")


def trace(*, tools: int, calls: int) -> Path:
    """The folder of a generated trace with its policies, written unless it is there for the generator as it is now."""
    folder = WORK / f"{tools}-tools-{calls}-calls"
    stamp = folder / "generated"
    if not (stamp.exists() and stamp.read_text("utf-8") == _generator()):
        print(f"writing a trace of {calls:,} calls to {tools:,} tools", file=sys.stderr)
        options = ("--calls", str(calls), "--tools", str(tools), "--seed", str(SEED))
        folder.mkdir(parents=True, exist_ok=True)
        run([sys.executable, HERE / "generate.py", *options, "--out", folder], out=folder / "generate.log")
        stamp.write_text(_generator(), "utf-8")
    _read_through(folder / "trace.jsonl")
    return folder


def _generator() -> str:
    """The sources that decide what is written."""
    names = ("generate.py", "bodies.py", "policies.py", "families.py")
    return json.dumps([(HERE / name).read_text("utf-8") for name in names])


def _read_through(path: Path) -> None:
    """Bring a file into the page cache, so that the first to read it is not the one that waits for the disk."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 22):
            pass


def measuring(what: str) -> None:
    """Tell who waits what is going on."""
    print(f"measuring {what}", file=sys.stderr)
