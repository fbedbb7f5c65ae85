"""`policyctl lint`, end to end: what is found, what is mended, and the exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from policyctl.diagnostic import Fix
from policyctl.lint.rule import Finding, Need
from policyctl.lint.rules.log.rules_on_hidden_tool import RulesOnHiddenTool
from policyctl.lint.slip import Slip
from policyctl.lint.subject import Subject
from policyctl.source.edit import remove, replace

if TYPE_CHECKING:
    from tests.conftest import Run

HIDDEN = '{"version": "1", "default": "deny", "hide": ["a"], "tools": {"a": {"action": "deny"}}}'
MENDED = '{"version": "1", "default": "deny", "hide": ["a"], "tools": {"a": {}}}'
CLEAN = '{"version": "1", "default": "deny", "tools": {"a": {"require": [{"conditions": [], "on_deny": "x"}]}}}'


@pytest.fixture
def folder(repository: Path) -> Path:
    for name, text in {"hidden.json": HIDDEN, "bad.json": '{"version": 1, "default": "deny"}'}.items():
        (repository / name).write_text(text, "utf-8")
    return repository


def test_a_finding_has_its_place_its_help_and_its_rule(run: Run, folder: Path) -> None:
    result = run(["lint", "hidden.json", "--select", "LOG04"], cwd=folder)
    assert (result.code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "warning[LOG04]: `a` is hidden, so its rules never decide anything\n --> hidden.json:1:"
    )
    assert "= at: /tools/a\n" in result.stdout
    assert "= rule: rules-on-hidden-tool\n" in result.stdout
    assert result.stdout.endswith("checked 1 policy · 1 tool · 1 rule\n")


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1)])
@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_the_exit_code_depends_on_the_findings_and_not_on_the_format(
    run: Run, folder: Path, fail_on: str, code: int, form: str
) -> None:
    words = ["lint", "hidden.json", "--select", "LOG04", "--fail-on", fail_on, "--format", form]
    assert run(words, cwd=folder).code == code


def test_errors_of_a_policy_are_findings_and_do_not_silence_the_others(
    run: Run, folder: Path, published: Callable[[str], Any]
) -> None:
    result = run(["lint", "bad.json", "hidden.json", "--select", "LOG04", "--format", "json"], cwd=folder)
    report = published(result.stdout)
    assert (result.code, report["exit"]) == (1, 1)
    assert [found["code"] for found in report["diagnostics"]] == ["SCH02", "LOG04"]
    assert [policy["valid"] for policy in report["policies"]] == [False, True]


def test_a_file_that_cannot_be_read_does_not_silence_the_others(run: Run, folder: Path) -> None:
    result = run(["lint", "gone.json", "hidden.json", "--select", "LOG04", "--format", "concise"], cwd=folder)
    assert result.code == 2
    assert "warning[LOG04]" in result.stdout
    assert "no such file `gone.json`" in result.stderr


def test_what_can_be_mended_is_mended_and_looked_at_again(
    run: Run, folder: Path, published: Callable[[str], Any]
) -> None:
    result = run(["lint", "hidden.json", "--select", "LOG04", "--fix", "--format", "json"], cwd=folder)
    report = published(result.stdout)
    assert (result.code, report["diagnostics"]) == (0, [])
    assert [(found["code"], found["fix"]["safe"]) for found in report["mended"]] == [("LOG04", True)]
    assert (folder / "hidden.json").read_text("utf-8") == MENDED
    before = (folder / "hidden.json").stat()
    run(["lint", "hidden.json", "--select", "LOG04", "--fix"], cwd=folder)
    assert (folder / "hidden.json").stat() == before


def test_a_diff_shows_and_writes_nothing(run: Run, folder: Path) -> None:
    result = run(["lint", "hidden.json", "--select", "LOG04", "--diff"], cwd=folder)
    assert f"-{HIDDEN}" in result.stdout
    assert f"+{MENDED}" in result.stdout
    assert (folder / "hidden.json").read_text("utf-8") == HIDDEN


def test_standard_input_is_mended_to_standard_output(run: Run, folder: Path) -> None:
    result = run(["lint", "-", "--select", "LOG04", "--fix"], stdin=HIDDEN, cwd=folder)
    assert (result.code, result.stdout) == (0, MENDED)
    assert "no problems" in result.stderr


def test_comments_line_ends_and_a_byte_order_mark_survive_a_fix(run: Run, folder: Path) -> None:
    text = '\ufeff# ours\r\nversion: "1"\r\ndefault: deny\r\nhide: [a] # why\r\ntools:\r\n  a: # here\r\n    action: deny\r\n'
    (folder / "p.yaml").write_bytes(text.encode())
    result = run(["lint", "p.yaml", "--select", "LOG04", "--fix"], cwd=folder)
    assert result.code == 0
    written = (folder / "p.yaml").read_bytes().decode()
    assert written.startswith('\ufeff# ours\r\nversion: "1"\r\ndefault: deny\r\nhide: [a] # why\r\ntools:\r\n')
    assert "# here" in written or "action: deny" in written


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--select", "LOG44"], "did you mean `LOG04`?"),
        (["--select", "log04"], "did you mean `LOG04`?"),
        (["--ignore", "rules-on-hiden-tool"], "did you mean `rules-on-hidden-tool`?"),
        (["--select", "!"], "`policyctl rule` lists the rules"),
    ],
)
def test_a_rule_that_is_not_there_is_told_what_was_meant(run: Run, folder: Path, words: list[str], hint: str) -> None:
    result = run(["lint", "hidden.json", *words], cwd=folder)
    assert (result.code, result.stdout) == (2, "")
    assert hint in result.stderr


def test_the_configuration_chooses_and_weighs_rules_and_flags_outrank_it(run: Run, folder: Path) -> None:
    (folder / "policyctl.toml").write_text('[lint]\nignore = ["LOG"]\nseverity.LOG = "error"\n', "utf-8")
    assert "LOG04" not in run(["lint", "hidden.json", "--format", "concise"], cwd=folder).stdout
    result = run(["lint", "hidden.json", "--ignore", "ARG", "--format", "concise"], cwd=folder)
    assert (result.code, "error[LOG04]" in result.stdout) == (1, True)


def test_a_rule_that_fails_is_said_and_the_others_run(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, published: Callable[[str], Any]
) -> None:
    class Failing(RulesOnHiddenTool):
        code = "LOG99"

        def check(self, subject: Subject) -> Iterator[Finding]:
            raise ZeroDivisionError(subject.document.name)

    def two(*_: object) -> tuple[RulesOnHiddenTool, ...]:
        return (Failing(), RulesOnHiddenTool())

    monkeypatch.setattr("policyctl.cli.linting.choose", two)
    result = run(["lint", "hidden.json", "--format", "json"], cwd=folder)
    report = published(result.stdout)
    assert (result.code, report["exit"]) == (70, 70)
    assert report["crashed"] == [{"code": "LOG99", "file": "hidden.json"}]
    assert [found["code"] for found in report["diagnostics"]] == ["LOG04"]
    assert "ZeroDivisionError: hidden.json" in result.stderr
    assert "rule LOG99 failed on hidden.json; the others ran" in run(["lint", "hidden.json"], cwd=folder).stdout


def test_rules_that_need_a_catalog_say_so_and_run_with_one(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, published: Callable[[str], Any]
) -> None:
    class Needy(RulesOnHiddenTool):
        needs = frozenset({Need.CATALOG})

    monkeypatch.setattr("policyctl.cli.linting.choose", lambda *_: (Needy(),))
    without = run(["lint", "hidden.json"], cwd=folder)
    assert "1 rule did not run for want of a catalog (--catalog FILE)" in without.stdout
    report = published(run(["lint", "hidden.json", "--format", "json"], cwd=folder).stdout)
    assert (report["skipped"], report["diagnostics"]) == ([{"code": "LOG04", "needs": ["catalog"]}], [])
    catalog = {"version": "1", "server": {"id": "s", "name": "S"}, "tools": [{"name": "a"}]}
    (folder / "tools.json").write_text(json.dumps(catalog), "utf-8")
    assert "warning[LOG04]" in run(["lint", "hidden.json", "--catalog", "tools.json"], cwd=folder).stdout
    server = '[servers.s]\npolicy = "hidden.json"\ncatalog = "tools.json"\n'
    (folder / "policyctl.toml").write_text(server, "utf-8")
    assert "warning[LOG04]" in run(["lint", "hidden.json"], cwd=folder).stdout


def test_a_broken_catalog_is_the_whole_report(run: Run, folder: Path) -> None:
    result = run(["lint", "hidden.json", "--catalog", "bad.json"], cwd=folder)
    assert result.code == 1
    assert "bad.json:1:" in result.stdout


def test_the_summary_of_a_workflow_step_has_the_whole_report(run: Run, folder: Path) -> None:
    (folder / "summary.md").write_text("before\n", "utf-8")
    words = ["lint", "hidden.json", "--select", "LOG04", "--format", "github"]
    result = run(words, cwd=folder, env={"GITHUB_STEP_SUMMARY": str(folder / "summary.md")})
    assert result.stdout.startswith("::warning title=LOG04 rules-on-hidden-tool,file=hidden.json,line=1,")
    summary = (folder / "summary.md").read_text("utf-8")
    assert summary.startswith("before\n### policyctl lint\n")
    assert "LOG04 rules-on-hidden-tool" in summary


def test_one_run_feeds_every_pipeline(run: Run, folder: Path) -> None:
    outputs = [f"--output={form}=out.{form}" for form in ("json", "gitlab", "junit", "markdown", "github", "concise")]
    result = run(["lint", "hidden.json", "--select", "LOG04", *outputs], cwd=folder)
    assert (result.code, result.stderr) == (0, "")
    assert all("LOG04" in file.read_text("utf-8") for file in folder.glob("out.*"))
    assert len(list(folder.glob("out.*"))) == 6


def test_recordings_are_looked_at_and_what_cannot_be_read_is_said(
    run: Run, folder: Path, published: Callable[[str], Any]
) -> None:
    (folder / "calls.jsonl").write_text('{"tool": "a", "args": {"k": "AKIAQ7WLX2VN9TEMRZ3B"}}\nbroken\n', "utf-8")
    words = ["lint", "hidden.json", "--select", "TRC", "--traces", "calls.jsonl", "--format", "json"]
    result = run(words, cwd=folder)
    report = published(result.stdout)
    assert (result.code, report["skipped"]) == (1, [{"code": "TRC03", "needs": ["catalog", "traces"]}])
    assert [(found["code"], found["file"], found["span"]["start"]["line"]) for found in report["diagnostics"]] == [
        ("TRC06", "calls.jsonl", 1),
        ("TRC00", "calls.jsonl", 2),
    ]
    assert "AKIAQ7WLX2VN9TEMRZ3B" not in result.stdout + run(words[:-2], cwd=folder).stdout


def test_calls_that_slip_through_are_counted(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slipping(RulesOnHiddenTool):
        def check(self, subject: Subject) -> Iterator[Finding]:
            yield Finding("", subject.document.name, "help", slip=Slip("b", lambda args: "to" not in args))

    monkeypatch.setattr("policyctl.cli.linting.choose", lambda *_: (Slipping(),))
    (folder / "open.json").write_text(
        '{"version": "1", "default": "allow", "tools": {"c": {"action": "deny"}}}', "utf-8"
    )
    calls = '{"tool": "b", "args": {}}\n{"tool": "b", "args": {"to": 1}}\n{"tool": "c", "args": {}}\n{"tool": "b", "args": {}}\n'
    (folder / "calls.jsonl").write_text(calls, "utf-8")
    result = run(["lint", "open.json", "--traces", "calls.jsonl"], cwd=folder)
    assert "= note: 2 recorded calls slipped through\n" in result.stdout


def test_a_fix_that_would_let_more_through_is_not_applied(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Opening(RulesOnHiddenTool):
        def check(self, subject: Subject) -> Iterator[Finding]:
            edit = remove(subject.document, "/hide/0")
            assert edit is not None
            yield Finding("/hide/0", "here", "help", fix=Fix("show it", (edit,), is_safe=True))
            edit = replace(subject.document, "/tools/a", {})
            yield Finding("/tools/a", "there", "help", fix=Fix("empty it", (edit,), is_safe=True))

    monkeypatch.setattr("policyctl.cli.linting.choose", lambda *_: (Opening(),))
    text = '{"version": "1", "default": "deny", "hide": ["a"], "tools": {"a": {"reason": "x"}}}'
    (folder / "opening.json").write_text(text, "utf-8")
    run(["lint", "opening.json", "--fix", "--unsafe-fixes"], cwd=folder)
    assert (folder / "opening.json").read_text("utf-8") == text.replace('{"reason": "x"}', "{}")


def test_what_an_unsafe_fix_writes_is_narrower(run: Run, folder: Path) -> None:
    text = """\
{"version": "1", "default": "deny", "tools": {"deploy": {
  "deny_if": [{"conditions": [{"path": "args.env", "op": "eq", "value": "production"}]}]
}}}
"""
    (folder / "p.json").write_text(text, "utf-8")
    assert run(["lint", "p.json", "--select", "ARG02", "--fix"], cwd=folder).code == 1
    assert (folder / "p.json").read_text("utf-8") == text
    result = run(["lint", "p.json", "--select", "ARG02", "--unsafe-fixes"], cwd=folder)
    assert (result.code, "mended 1 finding" in result.stdout) == (0, True)
    compared = run(["diff", "-", "p.json", "--format", "json"], stdin=text, cwd=folder)
    assert json.loads(compared.stdout)["relation"] == "narrower"
