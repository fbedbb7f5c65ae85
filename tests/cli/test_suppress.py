"""Findings that are accepted: by the configuration, by comments, by a baseline; and what ends that."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Result, Run

POLICY = {"version": "1", "default": "deny", "hide": ["a", "b"], "tools": {"a": {"action": "deny"}}}
YAML = 'version: "1"\ndefault: deny\nhide: [a]\ntools:\n  a: {action: deny}\n'
DAY = {"SOURCE_DATE_EPOCH": "1790000000"}  # 2026-09-21


@pytest.fixture
def folder(repository: Path) -> Path:
    (repository / "p.json").write_text(json.dumps(POLICY), "utf-8")
    (repository / "p.yaml").write_text(YAML, "utf-8")
    return repository


@pytest.fixture
def codes(run: Run, published: Callable[[str], Any]) -> Callable[..., tuple[list[str], list[str]]]:
    """`codes(folder, "p.json", …)`: the codes that are reported, and those that are accepted."""

    def lint(folder: Path, *words: str) -> tuple[list[str], list[str]]:
        result = run(["lint", *words, "--select", "LOG04,GOV", "--format", "json"], cwd=folder, env=DAY)
        report = published(result.stdout)
        return [each["code"] for each in report["diagnostics"]], [each["code"] for each in report["suppressed"]]

    return lint


def suppress(run: Run, folder: Path, *words: str) -> Result:
    return run(["suppress", "p.json", "LOG04", *words], cwd=folder, env=DAY)


def test_what_is_suppressed_is_counted_and_not_reported(run: Run, folder: Path, codes: Any) -> None:
    written = suppress(run, folder, "--reason", "later")
    assert (written.code, written.stderr) == (0, "")
    assert written.stdout == "policyctl.toml: LOG04 is suppressed at /tools/a of p.json\n"
    assert codes(folder, "p.json") == ([], ["LOG04"])
    shown = run(["lint", "p.json", "--select", "LOG04"], cwd=folder, env=DAY)
    assert "suppressed: 1 in the configuration\n" in shown.stdout


def test_an_entry_is_void_once_its_subject_has_changed_and_can_be_renewed(run: Run, folder: Path, codes: Any) -> None:
    suppress(run, folder, "--reason", "later")
    changed = {**POLICY, "tools": {"a": {"action": "deny", "reason": "changed"}}}
    (folder / "p.json").write_text(json.dumps(changed), "utf-8")
    assert codes(folder, "p.json") == (["LOG04", "GOV09"], [])
    before = (folder / "policyctl.toml").read_text("utf-8")
    suppress(run, folder, "--reason", "still")
    after = (folder / "policyctl.toml").read_text("utf-8")
    assert (after.count("[[suppress]]"), 'reason = "still"' in after, before != after) == (1, True, True)
    assert codes(folder, "p.json") == ([], ["LOG04"])


def test_an_entry_ends_with_its_day(run: Run, folder: Path, codes: Any) -> None:
    assert suppress(run, folder, "--reason", "later", "--expires", "2026-09-21").code == 0
    assert codes(folder, "p.json") == ([], ["LOG04"])
    text = (folder / "policyctl.toml").read_text("utf-8").replace("2026-09-21", "2026-09-20")
    (folder / "policyctl.toml").write_text(text, "utf-8")
    assert codes(folder, "p.json") == (["LOG04", "GOV02"], [])


@pytest.mark.parametrize(
    ("entry", "reported"),
    [
        ('rule = "LOG04"\npolicy = "p.json"\nat = "/tools/a"\n', ["LOG04", "GOV05"]),
        ('rule = "LOG40"\npolicy = "p.json"\nat = "/tools/a"\nreason = "x"\n', ["LOG04", "GOV10"]),
        ('rule = "LOG04"\npolicy = "gone.json"\nat = "/tools/a"\nreason = "x"\n', ["LOG04", "GOV10"]),
        ('rule = "LOG04"\npolicy = "p.json"\nat = "/tools/b"\nreason = "x"\n', ["LOG04", "GOV08"]),
        ('rule = "LOG04"\npolicy = "p.json"\nat = "/tools"\nreason = "all of them"\n', []),
        (
            'rule = "LOG04"\npolicy = "p.yaml"\nat = "/tools/a"\nreason = "of a file that is not linted here"\n',
            ["LOG04"],
        ),
    ],
)
def test_words_that_are_good_for_nothing_are_findings(
    folder: Path, codes: Any, entry: str, reported: list[str]
) -> None:
    (folder / "policyctl.toml").write_text(f"[[suppress]]\n{entry}", "utf-8")
    assert sorted(codes(folder, "p.json")[0]) == sorted(reported)


def test_an_error_is_accepted_for_a_time_only(run: Run, folder: Path, codes: Any) -> None:
    (folder / "policyctl.toml").write_text('[lint]\nseverity.LOG04 = "error"\n', "utf-8")
    refused = suppress(run, folder, "--reason", "later")
    assert (refused.code, "--expires says until when" in refused.stderr) == (2, True)
    assert suppress(run, folder, "--reason", "later", "--expires", "2026-12-31").code == 0
    assert codes(folder, "p.json") == ([], ["LOG04"])
    text = (folder / "policyctl.toml").read_text("utf-8").replace("expires = 2026-12-31\n", "")
    (folder / "policyctl.toml").write_text(text, "utf-8")
    assert codes(folder, "p.json") == (["LOG04", "GOV02"], [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "a suppression needs a reason"),
        (["--reason", " "], "a suppression needs a reason"),
        (["--reason", "x", "--at", "/tools/b"], "it does at `/tools/a`"),
        (["--reason", "x", "--expires", "soon"], "`soon` is no day"),
        (["--reason", "x", "--expires", "2026-09-20"], "2026-09-20 is over"),
    ],
)
def test_nothing_is_written_without_a_finding_a_reason_and_a_day_to_come(
    run: Run, folder: Path, words: list[str], said: str
) -> None:
    result = suppress(run, folder, *words)
    assert (result.code, result.stdout) == (2, "")
    assert said in result.stderr
    assert not (folder / "policyctl.toml").exists()


def test_comments_and_order_of_a_configuration_stay(run: Run, folder: Path) -> None:
    text = '# ours\n[lint] # of lint\nignore = ["STR"]\n\n[[suppress]]\nrule = "ARG02"\npolicy = "x.json"\nat = "" # all\n# end'
    (folder / "policyctl.toml").write_text(text, "utf-8")
    suppress(run, folder, "--reason", 'quoted "so" \x7f\n')
    written = (folder / "policyctl.toml").read_text("utf-8")
    assert written.startswith(f'{text}\n\n[[suppress]]\nrule = "LOG04"\npolicy = "p.json"\nat = "/tools/a"\n')
    assert r'reason = "quoted \"so\" \u007f\n"' in written


def test_suppressions_in_one_list_are_left_to_their_author(run: Run, folder: Path) -> None:
    text = 'suppress = [{ rule = "ARG02", policy = "x.json", at = "" }]\n'
    (folder / "policyctl.toml").write_text(text, "utf-8")
    result = suppress(run, folder, "--reason", "later")
    assert result.code == 2
    assert "add this by hand:" in result.stderr
    assert (folder / "policyctl.toml").read_text("utf-8") == text


def test_a_comment_accepts_what_starts_on_its_line_or_the_next(folder: Path, codes: Any) -> None:
    for text in (
        YAML.replace("{action: deny}", "{action: deny} # policyctl: ignore[LOG04] later"),
        YAML.replace("  a:", "  # policyctl: ignore[LOG04] later\n  a:"),
    ):
        (folder / "p.yaml").write_text(text, "utf-8")
        assert codes(folder, "p.yaml") == ([], ["LOG04"])
    (folder / "p.yaml").write_text(f"# policyctl: ignore[LOG04] later\n{YAML}", "utf-8")
    assert codes(folder, "p.yaml") == (["GOV08", "LOG04"], [])


def test_a_baseline_holds_what_is_known_and_only_shrinks(run: Run, folder: Path, codes: Any) -> None:
    made = run(["lint", "p.json", "--select", "LOG04", "--baseline", "known.json", "--write-baseline"], cwd=folder)
    assert (made.code, "suppressed: 1 in the baseline" in made.stdout) == (0, True)
    assert codes(folder, "p.json", "--baseline", "known.json") == ([], ["LOG04"])
    two = {**POLICY, "tools": {"a": {"action": "deny"}, "b": {"action": "deny"}}}
    (folder / "p.json").write_text(json.dumps(two), "utf-8")
    assert codes(folder, "p.json", "--baseline", "known.json", "--write-baseline") == (["LOG04"], ["LOG04"])
    assert len(json.loads((folder / "known.json").read_text("utf-8"))["findings"]) == 1
    changed = {**POLICY, "tools": {"a": {"action": "deny", "reason": "changed"}}}
    (folder / "p.json").write_text(json.dumps(changed), "utf-8")
    assert codes(folder, "p.json", "--baseline", "known.json", "--write-baseline") == (["LOG04"], [])
    assert json.loads((folder / "known.json").read_text("utf-8"))["findings"] == []


@pytest.mark.parametrize("text", ["", "[]", '{"version": "1"}', '{"version": "1", "findings": [{"rule": "A"}]}'])
def test_what_is_no_baseline_is_refused(run: Run, folder: Path, text: str) -> None:
    (folder / "known.json").write_text(text, "utf-8")
    result = run(["lint", "p.json", "--baseline", "known.json"], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert "known.json" in result.stderr


def test_a_change_cannot_approve_itself(run: Run, tmp_path: Path, codes: Any) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("config", "user.email", "a@example.com")
    git("config", "user.name", "a")
    (tmp_path / "p.yaml").write_text(YAML, "utf-8")
    (tmp_path / "p.json").write_text(json.dumps(POLICY), "utf-8")
    git("add", ".")
    git("commit", "-qm", "base")
    (tmp_path / "p.yaml").write_text(YAML.replace("  a:", "  # policyctl: ignore[LOG04] later\n  a:"), "utf-8")
    suppress(run, tmp_path, "--reason", "later")
    assert codes(tmp_path, "p.yaml", "p.json") == ([], ["LOG04", "LOG04"])
    assert codes(tmp_path, "p.yaml", "p.json", "--base-rev", "HEAD") == (["LOG04", "LOG04"], [])
    git("add", ".")
    git("commit", "-qm", "approved")
    assert codes(tmp_path, "p.yaml", "p.json", "--base-rev", "HEAD") == ([], ["LOG04", "LOG04"])


def test_a_revision_that_is_not_there_is_refused(run: Run, folder: Path) -> None:
    result = run(["lint", "p.json", "--base-rev", "nowhere"], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert "no git repository to look for `nowhere` in" in result.stderr
