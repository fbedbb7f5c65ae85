"""What a person at a terminal sees, and what a pipe gets."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

pty = pytest.importorskip("pty", reason="only POSIX has pseudo-terminals")

GOOD = b'{"tool":"pay","args":{"amount":5}}\n'
REPLAY = ("simulate", "-", "--policy", "policy.json")


@pytest.fixture
def folder(repository: Path) -> Path:
    (repository / "policy.json").write_text('{"version":"1","default":"deny"}')
    return repository


class Terminal:
    """A pseudo-terminal that a process may be given as any of its streams; it holds little, so it is read all the time."""

    def __init__(self) -> None:
        self._ours, self.theirs = pty.openpty()
        self._parts: list[bytes] = []
        self._reader = Thread(target=self._read)
        self._reader.start()

    def shown(self) -> bytes:
        """All that was written; to be asked when the process has ended."""
        os.close(self.theirs)
        self._reader.join()
        os.close(self._ours)
        return b"".join(self._parts)

    def wait_for(self, text: bytes) -> None:
        """Until this was written."""
        for _ in range(600):
            if text in b"".join(self._parts):
                return
            time.sleep(0.05)
        raise AssertionError(f"{text!r} does not come")

    def _read(self) -> None:
        # A terminal that nobody has any more is an error to read from.
        with suppress(OSError):
            while part := os.read(self._ours, 65_536):
                self._parts.append(part)


def start(folder: Path, *words: str, out: int, err: int, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "policyctl", *words]
    env = os.environ | {"TERM": "xterm-256color"} | environment
    return subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=out, stderr=err, env=env)


def slowly(process: subprocess.Popen[bytes], seconds: float) -> tuple[bytes, bytes]:
    """What a process says to four calls that come slowly: a replay that lasts."""
    assert process.stdin is not None
    for _ in range(4):
        process.stdin.write(GOOD)
        process.stdin.flush()
        time.sleep(seconds / 4)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0
    return out or b"", err or b""


def test_a_long_replay_shows_its_progress_on_a_terminal(folder: Path) -> None:
    terminal = Terminal()
    process = start(folder, *REPLAY, "--stats", out=subprocess.PIPE, err=terminal.theirs)
    assert process.stdin is not None
    process.stdin.write(GOOD)
    process.stdin.flush()
    terminal.wait_for(b"replaying")
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert b"coverage/calls 1\n" in out
    assert b"\x1b" not in out
    # The line is taken back when it has served.
    assert terminal.shown().endswith(b"\x1b[2K")


@pytest.mark.parametrize("option", ["--quiet", "-q"])
def test_a_long_replay_may_be_quiet(folder: Path, option: str) -> None:
    terminal = Terminal()
    process = start(folder, *REPLAY, option, out=subprocess.PIPE, err=terminal.theirs)
    slowly(process, 1.2)
    assert terminal.shown() == b""


def test_a_short_replay_shows_none(folder: Path) -> None:
    terminal = Terminal()
    process = start(folder, *REPLAY, out=subprocess.PIPE, err=terminal.theirs)
    process.communicate(GOOD, timeout=60)
    assert (process.returncode, terminal.shown()) == (0, b"")


def test_a_pipe_gets_no_progress(folder: Path) -> None:
    process = start(folder, *REPLAY, out=subprocess.PIPE, err=subprocess.PIPE, FORCE_COLOR="1")
    out, err = slowly(process, 0.6)
    assert (b"\x1b[" in out, err) == (True, b"")


def test_decisions_on_a_terminal_are_not_torn_apart(folder: Path) -> None:
    terminal = Terminal()
    process = start(folder, *REPLAY, "--format", "ndjson", out=terminal.theirs, err=terminal.theirs)
    slowly(process, 0.8)
    lines = terminal.shown().splitlines()
    assert [line[:12] for line in lines] == 4 * [b'{"verdict":"'] + [b'{"schema":"p']


COLOURED = {
    "a terminal": ((), {}, True),
    "no colour wanted": ((), {"NO_COLOR": "1"}, False),
    "a dumb terminal": ((), {"TERM": "dumb"}, False),
    "never": (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    "always": (("--color", "always"), {"NO_COLOR": "1"}, True),
}


@pytest.mark.parametrize("name", COLOURED)
def test_a_terminal_is_coloured_unless_somebody_minds(folder: Path, name: str) -> None:
    options, environment, is_coloured = COLOURED[name]
    terminal = Terminal()
    process = start(folder, *REPLAY, *options, out=terminal.theirs, err=subprocess.PIPE, **environment)
    process.communicate(GOOD, timeout=60)
    shown = terminal.shown()
    assert process.returncode == 0
    assert (b"\x1b[" in shown) == is_coloured
    assert b"checked 1 policy" in shown


@pytest.mark.parametrize(("environment", "is_coloured"), [({}, False), ({"FORCE_COLOR": "1"}, True)])
def test_a_pipe_is_coloured_only_if_somebody_asks(folder: Path, environment: dict[str, str], is_coloured: bool) -> None:
    process = start(folder, *REPLAY, out=subprocess.PIPE, err=subprocess.PIPE, **environment)
    out, err = process.communicate(GOOD, timeout=60)
    assert ((b"\x1b[" in out), err) == (is_coloured, b"")


def test_calls_of_a_pipe_are_decided_as_they_come(folder: Path) -> None:
    with start(folder, *REPLAY, "--format", "ndjson", out=subprocess.PIPE, err=subprocess.DEVNULL) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(1_500 * GOOD)
        process.stdin.flush()
        assert process.stdout.readline().startswith(b'{"verdict":"deny"')
        process.stdin.close()
        # Not by communicate(), which passes by what the line was read ahead with.
        assert len(process.stdout.read().splitlines()) == 1_500
        assert process.wait(timeout=60) == 0
