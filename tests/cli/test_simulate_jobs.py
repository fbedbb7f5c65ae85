"""`simulate --jobs` gives one report for any number of processes, and none if one of them does not come to its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_POLICY = {
    "version": "1",
    "default": "deny",
    "all_tools": {"limits": [{"counter": "all", "max": 50, "window": "hour", "scope": "grant"}]},
    "tools": {
        "pay": {"require": [{"conditions": [{"path": "args.amount", "op": "lte", "value": 900}]}]},
        "other": {"action": "require_approval"},
        "read": {"limits": [{"counter": "reads", "max": 1, "window": "minute", "scope": "session"}]},
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trace that is large enough for several processes, and a policy."""
    folder = tmp_path_factory.mktemp("jobs")
    (folder / "policy.json").write_text(json.dumps(_POLICY))
    (folder / "base.json").write_text(json.dumps({**_POLICY, "tools": {"pay": {}, "read": {"action": "deny"}}}))
    filler = "x" * 1_000
    with open(folder / "trace.jsonl", "w", encoding="utf-8") as file:
        for number in range(48_000):
            minute, second = divmod(number, 60)
            hour, minute = divmod(minute, 60)
            file.write(
                f'{{"ts":"2026-03-02T{hour:02}:{minute:02}:{second:02}Z","session":"s{number % 97}",'
                f'"grant":"g{number % 5}","tool":"{("pay", "read", "other")[number % 3]}",'
                f'"args":{{"amount":{number % 1000},"text":"{filler}"}},"id":"{number}"}}\n'
            )
            if number % 10_000 == 9_999:
                file.write('{"tool":"pay","args":[]}\nno call\n')
    return folder


def _command(folder: Path, *words: str) -> list[str]:
    trace, policy = folder / "trace.jsonl", folder / "policy.json"
    return [sys.executable, "-P", "-m", "policyctl", "simulate", str(trace), "--policy", str(policy), *words]


@pytest.mark.parametrize(
    "words",
    [
        ("--stats",),
        ("--format=json", "--bad=meta.attack", "--good=session=s3"),
        ("--format=json", "--base=base.json"),
        ("--format=ndjson",),
    ],
)
def test_any_number_of_processes_gives_one_report(folder: Path, words: tuple[str, ...]) -> None:
    reports = [
        subprocess.run(_command(folder, *words, f"--jobs={jobs}"), cwd=folder, capture_output=True, check=False)
        for jobs in (1, 2, 3)
    ]
    assert {report.returncode for report in reports} == {4}, "lines that are bad"
    assert len({report.stdout for report in reports}) == 1
    assert len({report.stderr for report in reports}) == 1


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What is started can be interrupted: a shell's job in the background ignores that, and would hand it on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no list of processes here")
@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_all_of_them_without_a_report(folder: Path) -> None:
    running = subprocess.Popen(
        _command(folder, "--jobs=2", "--output=json=report.json"),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while len(_group(running.pid)) < 3 and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    assert running.poll() is None, "it was through before it could be interrupted"
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert (out, err) == (b"", b"interrupted\n")
    assert not (folder / "report.json").exists()
    assert _group(running.pid) == []


def _group(leader: int) -> list[int]:
    """The processes of a group that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == leader and fields[0] != "Z":
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_a_number_of_processes_that_is_none(folder: Path, jobs: str) -> None:
    done = subprocess.run(_command(folder, f"--jobs={jobs}"), capture_output=True, check=False)
    assert done.returncode == 2
    assert b"--jobs" in done.stderr
