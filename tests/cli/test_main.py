"""The boundary, end to end: whatever happens becomes text on the right stream and an exit code."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policyctl
from policyctl.cli import app
from policyctl.cli.main import main
from policyctl.errors import PolicyctlError

if TYPE_CHECKING:
    from tests.conftest import Run


def _raise(error: BaseException) -> Callable[[tuple[str, ...]], int]:
    def invoke(_: tuple[str, ...]) -> int:
        raise error

    return invoke


def test_the_version_names_the_tool_and_the_semantics(run: Run) -> None:
    result = run(["--version"])
    assert result.code == 0
    assert result.stdout == f"policyctl {policyctl.__version__} (semantics {policyctl.SEMANTICS})\n"
    assert result.stderr == ""


def test_no_command_shows_the_help_on_standard_error_and_is_a_wrong_use(run: Run) -> None:
    result = run([])
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: policyctl [OPTIONS] COMMAND [ARGS]...\n")


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (["valdate", "x"], "no such command `valdate`", "did you mean `validate`?"),
        (["frobnicate"], "no such command `frobnicate`", "`policyctl --help` lists the commands"),
        (["--frob"], "no such option `--frob`", "`policyctl --help` says what can stand here"),
        (["config", "--frob"], "no such option `--frob`", "`policyctl config --help` says what can stand here"),
        (["config", "--fromat", "json"], "no such option `--fromat`", "did you mean `--format`?"),
        (
            ["config", "--format", "xml"],
            "invalid value for `--format`: `xml` is not one of `text`, `json`",
            "`policyctl config --help` says what can stand here",
        ),
        (
            ["config", "extra"],
            "got unexpected extra argument(s) (extra)",
            "`policyctl config --help` says what can stand here",
        ),
    ],
)
def test_a_wrong_use_is_a_message_with_a_hint_and_exit_2(run: Run, argv: list[str], message: str, hint: str) -> None:
    result = run(argv)
    assert result.code == 2
    assert result.stdout == ""
    assert result.stderr == f"error: {message}\nhint: {hint}\n"


def test_a_job_that_cannot_be_done_is_exit_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "invoke", _raise(PolicyctlError("no such file `x`", hint="did you mean `y`?")))
    result = run(["schema"])
    assert (result.code, result.stderr) == (2, "error: no such file `x`\nhint: did you mean `y`?\n")


def test_a_defect_is_exit_70_with_a_traceback_and_where_to_report_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "invoke", _raise(ZeroDivisionError("division by zero")))
    result = run(["schema"])
    assert result.code == 70
    assert "ZeroDivisionError: division by zero" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("this is a defect of policyctl: please report it")


def test_an_interrupt_is_exit_130_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "invoke", _raise(KeyboardInterrupt()))
    result = run(["schema"])
    assert (result.code, result.stdout, result.stderr) == (130, "", "interrupted\n")


def test_a_closed_pipe_is_the_code_of_a_tool_that_it_ended(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "invoke", _raise(BrokenPipeError()))
    result = run(["schema"])
    assert (result.code, result.stdout, result.stderr) == (141, "", "")


def test_a_full_disk_behind_standard_output_is_trouble_and_no_defect(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "invoke", _raise(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))
    result = run(["schema"])
    assert result.code == 2
    assert result.stderr.startswith("error: the output could not be written: no space left on device\n")


def _policyctl(*words: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "policyctl", *words]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def test_python_m_policyctl_works() -> None:
    process = _policyctl("--version", stdout=subprocess.PIPE)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out.decode(), err) == (0, f"policyctl {policyctl.__version__} (semantics 1)\n", b"")


@pytest.mark.skipif(os.name != "posix", reason="pipes close without an error elsewhere")
@pytest.mark.parametrize("words", [["--version"], ["--help"], ["schema"], ["config", "--format", "json"]])
def test_a_reader_that_goes_away_hears_no_complaint(words: list[str], tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        process = _policyctl(*words, stdout=pipe, cwd=tmp_path)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, b"")


@pytest.mark.skipif(os.name != "posix", reason="pipes close without an error elsewhere")
@pytest.mark.parametrize(("words", "code"), [(["schema", "nothing"], 2), (["valdate"], 2), (["schema"], 141)])
def test_the_code_is_right_even_if_nobody_hears_the_message(words: list[str], code: int, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        command = [sys.executable, "-P", "-m", "policyctl", *words]
        process = subprocess.run(command, stdout=pipe, stderr=pipe, timeout=60, check=False, cwd=tmp_path)
    assert process.returncode == code


def test_a_control_sequence_in_what_the_user_typed_is_shown_and_not_obeyed(run: Run) -> None:
    result = run(["\x1b[31mred\x07"])
    assert result.code == 2
    assert "\x1b" not in result.stderr
    assert "\x07" not in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_device_is_said_once_and_not_again_at_shutdown() -> None:
    with open("/dev/full", "wb") as device:
        process = _policyctl("schema", stdout=device)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.decode().splitlines()[0] == "error: the output could not be written: no space left on device"
    assert b"Traceback" not in err
    assert b"Exception ignored" not in err


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize(
    "command",
    [
        "schema",
        "simulate fixtures/traces/exchange.jsonl --policy fixtures/policies/exchange.json",
        "simulate fixtures/traces/exchange.jsonl --policy fixtures/policies/exchange.json --format ndjson --quiet",
        "fmt --diff --quiet fixtures/policies/exchange.json",
    ],
)
def test_a_stream_that_is_closed_from_the_start_is_no_defect(command: str, closed: str) -> None:
    script = f"cd {Path(__file__).parents[2]} && {sys.executable} -P -m policyctl {command} {closed}"
    process = subprocess.run(["sh", "-c", script], capture_output=True, timeout=60, check=False)
    assert (process.returncode, process.stderr) == (0, b"")


def test_what_is_tested_is_what_is_installed() -> None:
    """With UNDER_TEST=wheel the tests must not have imported the tree that they stand in."""
    inside = Path(policyctl.__file__).is_relative_to(Path(__file__).resolve().parents[2] / "policyctl")
    assert inside == (os.environ.get("UNDER_TEST") != "wheel")


def test_main_takes_the_arguments_of_the_process_by_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["policyctl", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("policyctl ")
