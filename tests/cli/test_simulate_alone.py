"""A replay of files opens no socket and starts no process, and says the same wherever it runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TRACES = ("traces/exchange.jsonl", "traces/exchange-gateway-log.jsonl", "traces/files-mcp.jsonl")
ARGUMENTS = (
    "simulate",
    *TRACES,
    "--policy=policies/exchange.json",
    "--catalog=tool-catalogs/exchange.json",
    "--bad=meta.attack_success=true",
    "--good=meta.session_kind=benign",
    "--decisions=d.jsonl",
    "--output=json=r.json",
    "--output=markdown=r.md",
)
WRITTEN = ("d.jsonl", "r.json", "r.md")


def copied(folder: Path) -> Path:
    """The shipped input at another place, as a repository of its own."""
    shutil.copytree(ROOT / "fixtures", folder)
    (folder / ".git").mkdir()
    return folder


def run(folder: Path, *words: str, before: tuple[str, ...] = (), env: Mapping[str, str] | None = None) -> bytes:
    command = [*before, sys.executable, "-P", "-m", "policyctl", *ARGUMENTS, *words]
    done = subprocess.run(command, cwd=folder, env=os.environ | dict(env or {}), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout + b"".join((folder / name).read_bytes() for name in WRITTEN)


ELSEWHERE = {
    "PYTHONHASHSEED": "7",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "PYTHONUTF8": "0",
    "COLUMNS": "40",
    "TERM": "dumb",
    "HOME": "/nowhere",
}


@pytest.mark.parametrize("words", [(), ("--format=json",), ("--format=ndjson",), ("--format=markdown",), ("--stats",)])
def test_a_report_is_the_same_bytes_in_another_place_zone_language_and_hash_seed(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "a").mkdir()
    here = run(copied(tmp_path / "a" / "x"), *words, env={"PYTHONHASHSEED": "1", "TZ": "UTC", "COLUMNS": "100"})
    there = run(copied(tmp_path / "elsewhere"), *words, env=ELSEWHERE)
    assert here == there
    assert str(tmp_path).encode() not in here
    assert b"exchange.jsonl" in here


def test_absolute_names_are_shown_relative_to_the_working_directory(tmp_path: Path) -> None:
    folder = copied(tmp_path / "x")
    relative = run(folder, "--format=ndjson")
    absolute = tuple(str(folder / name) for name in TRACES)
    command = [sys.executable, "-P", "-m", "policyctl", "simulate", *absolute, *ARGUMENTS[4:], "--format=ndjson"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    assert done.stdout + b"".join((folder / name).read_bytes() for name in WRITTEN) == relative


AUDIT = """
import sys
seen = []
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn", "os.fork", "os.system", "os.spawn", "urllib.", "ftplib.", "http.", "pty.")):
        seen.append(event)
sys.addaudithook(watch)
from policyctl.cli.main import main
code = main(sys.argv[1:])
sys.exit(f"seen: {seen}" if seen else code)
"""


def test_no_socket_is_opened_and_no_process_started(tmp_path: Path) -> None:
    folder = copied(tmp_path / "x")
    done = subprocess.run([sys.executable, "-P", "-c", AUDIT, *ARGUMENTS], cwd=folder, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_watch_for_sockets_and_processes_would_see_them(tmp_path: Path) -> None:
    watched = AUDIT.partition("from policyctl")[0] + "import socket\nsocket.socket()\nsys.exit(f'seen: {seen}')\n"
    done = subprocess.run([sys.executable, "-c", watched], cwd=tmp_path, capture_output=True, check=False)
    assert b"socket.__new__" in done.stderr


def may_trace() -> bool:
    strace = shutil.which("strace")
    return (
        strace is not None and subprocess.run([strace, "-qq", "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not may_trace(), reason="strace is not installed here, or not permitted")
def test_the_system_is_asked_for_no_socket_and_no_process(tmp_path: Path) -> None:
    folder = copied(tmp_path / "x")
    log = tmp_path / "calls.log"
    run(folder, before=("strace", "-f", "-qq", "-e", "trace=network,process", "-o", str(log)))
    calls = [line.split(maxsplit=1)[1] for line in log.read_text().splitlines()]
    names = {call.partition("(")[0] for call in calls if "(" in call}
    assert names <= {"execve", "exit_group", "exit", "wait4", "arch_prctl"}
    assert sum(call.startswith("execve(") for call in calls) == 1
