"""`policyctl fmt`, end to end: what is written where, and the exit code."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

UNORDERED = '{"default": "deny", "version": "1"}'
CANONICAL = '{\n  "version": "1",\n  "default": "deny"\n}\n'
FAULTY = '{"version": 1, "default": "deny"}'


@pytest.fixture
def folder(repository: Path) -> Path:
    for name, text in {"new.json": UNORDERED, "done.json": CANONICAL, "bad.json": FAULTY}.items():
        (repository / name).write_text(text, "utf-8")
    return repository


def test_files_are_rewritten_and_the_last_line_counts_them(run: Run, folder: Path) -> None:
    result = run(["fmt", "new.json", "done.json"], cwd=folder)
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout == "reformatted new.json\n1 file reformatted · 1 unchanged\n"
    assert (folder / "new.json").read_text("utf-8") == CANONICAL


def test_a_file_in_canonical_form_is_not_written_again(run: Run, folder: Path) -> None:
    before = (folder / "done.json").stat()
    assert run(["fmt", "done.json"], cwd=folder).stdout == "1 file unchanged\n"
    assert (folder / "done.json").stat() == before


def test_check_writes_nothing_and_exits_with_1_if_something_would_change(run: Run, folder: Path) -> None:
    result = run(["fmt", "--check", "new.json", "done.json"], cwd=folder)
    assert result.code == 1
    assert result.stdout == "would reformat new.json\n1 file would be reformatted · 1 unchanged\n"
    assert (folder / "new.json").read_text("utf-8") == UNORDERED
    assert run(["fmt", "--check", "done.json"], cwd=folder).code == 0


def test_a_diff_is_one_that_patch_applies(run: Run, folder: Path) -> None:
    crlf = b'default: deny\r\nversion: "1"'
    (folder / "p.yaml").write_bytes(crlf)
    result = run(["fmt", "--diff", "new.json", "p.yaml"], cwd=folder)
    assert (result.code, result.stderr) == (0, "2 files would be reformatted\n")
    assert (folder / "p.yaml").read_bytes() == crlf
    subprocess.run(["patch", "--binary", "-p1", "-s"], cwd=folder, input=result.raw, check=True)
    assert (folder / "p.yaml").read_bytes() == b'version: "1"\r\ndefault: deny\r\n'
    assert (folder / "new.json").read_text("utf-8") == CANONICAL


def test_a_diff_is_coloured_when_asked(run: Run, folder: Path) -> None:
    shown = run(["fmt", "--diff", "--check", "--color", "always", "new.json"], cwd=folder)
    assert shown.code == 1
    assert '\x1b[32m+  "version": "1",\x1b[0m\n' in shown.stdout


def test_a_file_with_errors_is_not_touched_and_shown_as_validate_shows_it(run: Run, folder: Path) -> None:
    result = run(["fmt", "bad.json", "new.json"], cwd=folder)
    assert result.code == 1
    assert (folder / "bad.json").read_text("utf-8") == FAULTY
    assert (folder / "new.json").read_text("utf-8") == CANONICAL
    frame = run(["validate", "bad.json"], cwd=folder).stdout.partition("\n\n")[0]
    assert result.stdout == (f"{frame}\n\nreformatted new.json\n1 file reformatted · 1 file with errors, not touched\n")


def test_standard_input_goes_to_standard_output(run: Run, folder: Path) -> None:
    result = run(["fmt", "-"], stdin=UNORDERED, cwd=folder)
    assert (result.code, result.stdout, result.stderr) == (0, CANONICAL, "1 file reformatted\n")


def test_errors_of_standard_input_leave_standard_output_empty(run: Run, folder: Path) -> None:
    result = run(["fmt", "-", "--stdin-filename", "p.json"], stdin=FAULTY, cwd=folder)
    assert (result.code, result.stdout) == (1, "")
    assert "--> p.json:1:13" in result.stderr


def test_a_byte_order_mark_goes(run: Run, folder: Path) -> None:
    (folder / "marked.json").write_bytes(b"\xef\xbb\xbf" + CANONICAL.encode())
    assert run(["fmt", "marked.json"], cwd=folder).stdout.startswith("reformatted marked.json\n")
    assert (folder / "marked.json").read_text("utf-8") == CANONICAL


def test_a_missing_file_does_not_silence_the_others(run: Run, folder: Path) -> None:
    result = run(["fmt", "nowhere.json", "new.json"], cwd=folder)
    assert (result.code, result.stdout) == (2, "reformatted new.json\n1 file reformatted\n")
    assert result.stderr.startswith("error: no such file `nowhere.json`\n")


def test_a_file_without_permission_stays_and_says_so(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as a user to whom every file is open.
    monkeypatch.setattr("os.access", lambda *_: False)
    result = run(["fmt", "new.json"], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert "no permission" in result.stderr
    assert (folder / "new.json").read_text("utf-8") == UNORDERED


def test_without_a_file_the_policy_of_the_directory_is_meant(run: Run, folder: Path) -> None:
    (folder / "policy.json").write_text(UNORDERED, "utf-8")
    assert run(["fmt"], cwd=folder).stdout == "reformatted policy.json\n1 file reformatted\n"


def test_a_file_of_a_commit_can_be_checked_but_not_rewritten(run: Run, tmp_path: Path) -> None:
    git = ["git", "-C", str(tmp_path), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    (tmp_path / "p.json").write_text(UNORDERED, "utf-8")
    for words in (["init", "-q"], ["add", "p.json"], ["commit", "-qm", "policy"]):
        subprocess.run([*git, *words], check=True)
    assert run(["fmt", "--check", "HEAD:p.json"], cwd=tmp_path).code == 1
    result = run(["fmt", "HEAD:p.json"], cwd=tmp_path)
    assert result.code == 2
    assert "which cannot be rewritten" in result.stderr


def test_the_dialect_policylayer_says_denials_the_long_way_and_notes_what_it_cannot_say(run: Run, folder: Path) -> None:
    text = 'version: "1"\ndefault: deny\ntools:\n  a: {action: deny, reason: no}\n  b: {action: require_approval}\n'
    (folder / "p.yaml").write_text(text, "utf-8")
    result = run(["fmt", "--dialect", "policylayer", "p.yaml"], cwd=folder)
    assert (result.code, result.stdout) == (0, "reformatted p.yaml\n1 file reformatted\n")
    assert result.stderr == (
        "note: p.yaml:5:7: the dialect `policylayer` has no way to ask a person, so `action: require_approval` stays\n"
    )
    assert (folder / "p.yaml").read_text("utf-8") == text.replace(
        "action: deny, reason: no", 'deny_if: [{conditions: [], on_deny: "no"}]'
    )
    assert run(["fmt", "--quiet", "--dialect", "policylayer", "p.yaml"], cwd=folder).stderr == ""


def test_a_hostile_name_cannot_colour_the_terminal(run: Run, folder: Path) -> None:
    (folder / "\x1b[31m.json").write_text(UNORDERED, "utf-8")
    for flag in ([], ["--check"], ["--diff"]):
        shown = run(["fmt", *flag, "\x1b[31m.json"], cwd=folder)
        assert "\x1b" not in shown.stdout + shown.stderr
