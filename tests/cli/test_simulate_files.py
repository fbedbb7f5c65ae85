"""Where a trace comes from and what a run writes: nothing is lost, and nothing half-written stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

GOOD = b'{"tool":"pay","args":{"amount":5}}\n'
POLICY = b'{"version":"1","default":"allow"}'


@pytest.fixture
def folder(repository: Path) -> Path:
    (repository / "policy.json").write_bytes(POLICY)
    (repository / "calls.jsonl").write_bytes(2 * GOOD)
    return repository


def start(folder: Path, *words: str, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "policyctl", "simulate", *words]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, **options)


def test_a_trace_may_come_from_standard_input(run: Run, folder: Path) -> None:
    result = run(["simulate", "-", "--format", "ndjson"], stdin=2 * GOOD, cwd=folder)
    assert result.code == 0
    assert result.stdout.count('"source":{"file":"-","line":') == 2


def test_standard_input_may_be_the_policy(run: Run, folder: Path) -> None:
    assert run(["simulate", "calls.jsonl", "--policy", "-"], stdin=POLICY, cwd=folder).code == 0


@pytest.mark.parametrize("words", [["-", "-"], ["-", "--policy", "-"], ["calls.jsonl", "-p", "-", "-c", "-"]])
def test_standard_input_is_read_once(run: Run, folder: Path, words: list[str]) -> None:
    result = run(["simulate", *words], stdin=GOOD, cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == "error: standard input can be read once only\nhint: name `-` a single time\n"


def test_a_trace_may_be_a_file_of_a_commit(run: Run, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    (tmp_path / "calls.jsonl").write_bytes(3 * GOOD)
    (tmp_path / "policy.json").write_bytes(POLICY)
    git("add", ".")
    git("commit", "-qm", "calls")
    (tmp_path / "calls.jsonl").write_bytes(GOOD)
    result = run(["simulate", "HEAD:calls.jsonl", "--policy", "HEAD:policy.json", "--stats"], cwd=tmp_path)
    assert result.code == 0
    assert "coverage/calls 3\n" in result.stdout
    missing = run(["simulate", "HEAD:other.jsonl"], cwd=tmp_path)
    assert (missing.code, missing.stdout) == (2, "")
    assert missing.stderr.startswith("error: no file `other.jsonl` in `HEAD`\n")


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("call.jsonl", "no such file `call.jsonl`", "did you mean `calls.jsonl`?"),
        ("nowhere/calls.jsonl", "no such file `nowhere/calls.jsonl`", "check the name"),
        (
            "HEAD:calls.jsonl",
            "no such file `HEAD:calls.jsonl`, and no git repository to look for `HEAD` in",
            "run it within",
        ),
        ("calls.jsonl/x", "no such file `calls.jsonl/x`", "check the name"),
        ("logs", "`logs` is a directory", "name its files: `logs/*.jsonl`"),
        ("logs/", "`logs/` is a directory", "name its files: `logs/*.jsonl`"),
    ],
)
def test_what_is_no_file_is_named_with_what_to_do(run: Run, folder: Path, name: str, message: str, hint: str) -> None:
    (folder / "logs").mkdir()
    result = run(["simulate", name], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {message}\nhint: {hint}")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_refused(run: Run, folder: Path) -> None:
    (folder / "calls.jsonl").chmod(0)
    result = run(["simulate", "calls.jsonl"], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == "error: cannot read `calls.jsonl`: no permission\nhint: check the rights of the file\n"


def test_the_same_file_twice_is_read_once(run: Run, folder: Path) -> None:
    (folder / "link.jsonl").symlink_to("calls.jsonl")
    result = run(["simulate", "calls.jsonl", "./calls.jsonl", "calls.jsonl", "link.jsonl", "--stats"], cwd=folder)
    assert "coverage/calls 2\n" in result.stdout


def test_no_trace_is_a_wrong_use(run: Run, folder: Path) -> None:
    result = run(["simulate"], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == "error: no trace was named\nhint: name a JSONL file of recorded calls, or `-`\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--decisions", "calls.jsonl"],
        ["--decisions", "./calls.jsonl"],
        ["--decisions", "policy.json", "--policy", "policy.json"],
        ["--decisions", "policy.json"],
        ["--decisions", "link.jsonl"],
        ["--output", "json=calls.jsonl"],
        ["--decisions", "-", "--output", "text=link.jsonl"],
    ],
)
def test_what_is_read_is_not_replaced(run: Run, folder: Path, words: list[str]) -> None:
    (folder / "link.jsonl").symlink_to("calls.jsonl")
    result = run(["simulate", "calls.jsonl", *words], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert "is read here, and would be replaced\nhint: write to another file\n" in result.stderr
    assert ((folder / "calls.jsonl").read_bytes(), (folder / "policy.json").read_bytes()) == (2 * GOOD, POLICY)


def test_what_the_configuration_reads_is_not_replaced(run: Run, folder: Path) -> None:
    (folder / "policyctl.toml").write_text('traces = "*.jsonl"\n')
    result = run(["simulate", "--decisions", "calls.jsonl"], cwd=folder)
    assert (result.code, (folder / "calls.jsonl").read_bytes()) == (2, 2 * GOOD)


@pytest.mark.parametrize(
    "words",
    [["--decisions", "x", "--output", "json=x"], ["--output", "json=x", "--output", "text=./x"]],
)
def test_no_output_replaces_another(run: Run, folder: Path, words: list[str]) -> None:
    result = run(["simulate", "calls.jsonl", *words], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == "error: `x` would be written twice\nhint: give each output its own file\n"
    assert not (folder / "x").exists()


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("nowhere/d.jsonl", "cannot write `nowhere/d.jsonl`: no such directory"),
        (".git", "cannot write `.git`: it is a directory"),
        ("calls.jsonl/d", "cannot write `calls.jsonl/d`: no such directory"),
    ],
)
def test_decisions_that_cannot_be_written_are_trouble_before_the_replay(
    run: Run, folder: Path, target: str, message: str
) -> None:
    result = run(["simulate", "calls.jsonl", "--decisions", target], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"error: {message}\nhint: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write every file")
def test_decisions_do_not_replace_a_file_that_is_read_only(run: Run, folder: Path) -> None:
    (folder / "d.jsonl").write_text("old")
    (folder / "d.jsonl").chmod(0o400)
    assert run(["simulate", "calls.jsonl", "--decisions", "d.jsonl"], cwd=folder).code == 2
    assert (folder / "d.jsonl").read_text() == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("words", [["--decisions", "/dev/full"], ["--output", "json=/dev/full"]])
def test_a_full_disk_is_said(run: Run, folder: Path, words: list[str]) -> None:
    result = run(["simulate", "calls.jsonl", *words], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: cannot write `/dev/full`: no space left on device\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("form", ["text", "ndjson"])
def test_a_full_disk_behind_standard_output_is_said(folder: Path, form: str) -> None:
    (folder / "calls.jsonl").write_bytes(2_000 * GOOD)
    with open("/dev/full", "wb") as device:
        process = start(folder, "calls.jsonl", "--format", form, stdout=device)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith(b"error: the output could not be written: no space left on device\n")
    assert b"Traceback" not in err
    assert b"Exception ignored" not in err


@pytest.mark.skipif(os.name != "posix", reason="pipes close without an error elsewhere")
@pytest.mark.parametrize("words", [["--format", "ndjson"], ["--format", "json"], ["--decisions", "-"]])
def test_a_reader_that_goes_away_ends_the_run_quietly(folder: Path, words: list[str]) -> None:
    (folder / "calls.jsonl").write_bytes(20_000 * GOOD)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        process = start(folder, "calls.jsonl", *words, stdout=pipe)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, b"")


@pytest.mark.parametrize("words", [["--decisions", "-"], ["--decisions", "-", "--format", "json"]])
def test_decisions_on_standard_output_stand_in_place_of_the_report(run: Run, folder: Path, words: list[str]) -> None:
    result = run(["simulate", "calls.jsonl", *words, "--output", "text=report.txt"], cwd=folder)
    assert result.code == 0
    assert [line[:20] for line in result.stdout.splitlines()] == 2 * ['{"verdict":"allow","']
    assert "2 calls" in (folder / "report.txt").read_text("utf-8")


def test_ndjson_has_each_decision_once(run: Run, folder: Path) -> None:
    twice = run(["simulate", "calls.jsonl", "--format", "ndjson", "--decisions", "-"], cwd=folder)
    once = run(["simulate", "calls.jsonl", "--format", "ndjson"], cwd=folder)
    assert twice == once
    assert len(once.stdout.splitlines()) == 3


def test_decisions_keep_the_mode_of_the_file_that_was_there(run: Run, folder: Path) -> None:
    (folder / "d.jsonl").write_text("old")
    (folder / "d.jsonl").chmod(0o640)
    assert run(["simulate", "calls.jsonl", "--decisions", "d.jsonl"], cwd=folder).code == 0
    assert (folder / "d.jsonl").stat().st_mode & 0o777 == 0o640
    assert len((folder / "d.jsonl").read_text().splitlines()) == 2


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What is started can be interrupted: a shell's job in the background ignores that, and would hand it on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name != "posix", reason="a console is interrupted in another way elsewhere")
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("before", [None, "old\n"])
def test_an_interrupt_in_the_middle_leaves_what_was_there(folder: Path, before: str | None) -> None:
    if before is not None:
        (folder / "d.jsonl").write_text(before)
    listed = {entry.name for entry in folder.iterdir()}
    process = start(folder, "-", "--decisions", "d.jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    stdin = process.stdin
    assert stdin is not None
    _feed(stdin)
    _wait_until_writing(folder, listed | {"d.jsonl"})
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"interrupted\n")
    assert {entry.name for entry in folder.iterdir()} == listed
    assert before is None or (folder / "d.jsonl").read_text() == before


def _feed(stdin: IO[bytes]) -> None:
    stdin.write(1_000 * GOOD)
    stdin.flush()


def _wait_until_writing(folder: Path, known: set[str]) -> None:
    """The file that will take the place of the old one is there from the start of the replay."""
    for _ in range(600):
        if any(entry.name not in known for entry in folder.iterdir()):
            return
        time.sleep(0.05)
    raise AssertionError("the replay does not start")
