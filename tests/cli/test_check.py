"""`policyctl check` from the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

ROOT = Path(__file__).parent.parent.parent
Checked = Callable[..., Any]

CATALOG = {
    "version": "1",
    "server": {"id": "s", "name": "S"},
    "tools": [
        {"name": "pay", "category": "Financial", "risk": "Critical"},
        {"name": "look", "category": "Read", "risk": "Low"},
    ],
}
OPEN: dict[str, Any] = {"pay": {}, "look": {}}
NEVER_PAY = {"never_allow": {"tool": "pay"}}
UNKNOWN = {"require": [{"conditions": [{"path": "args.a", "op": "regex", "value": r"^\C$"}]}]}


def written(folder: Path, **documents: Any) -> None:
    for name, document in documents.items():
        text = document if isinstance(document, str) else json.dumps(document)
        (folder / f"{name}.json").write_text(text, "utf-8")


def policy(tools: Any, default: str = "deny") -> dict[str, Any]:
    return {"version": "1", "default": default, "tools": tools}


def asserts(*entries: Any) -> dict[str, Any]:
    return {"version": "1", "asserts": list(entries)}


@pytest.fixture
def checked(run: Run, repository: Path, published: Callable[[str], Any]) -> Checked:
    """`checked({tools}, [assertions], *options)`: the JSON report, held against its schema."""

    def check(tools: Any, entries: list[Any], *options: str) -> Any:
        written(repository, policy=policy(tools), asserts=asserts(*entries), catalog=CATALOG)
        result = run(["check", "--assert", "asserts.json", "--format", "json", *options], cwd=repository)
        assert "Traceback" not in result.stderr
        report = published(result.stdout)
        assert report["exit"] == result.code
        return report

    return check


def outcomes(report: Any) -> list[str]:
    return [verdict["outcome"] for result in report["results"] for verdict in result["verdicts"]]


def codes(report: Any) -> list[str]:
    return [found["code"] for found in report["diagnostics"]]


def test_what_holds_exits_with_0_and_says_what_it_was_about(checked: Checked) -> None:
    report = checked({"look": {}}, [NEVER_PAY, {"can_allow": {"tool": "look"}}], "--catalog", "catalog.json")
    assert (report["exit"], outcomes(report), report["diagnostics"]) == (0, ["holds", "holds"], [])
    assert report["checked"] == {"assertions": 2, "policies": 1, "tools": 2}
    assert [verdict["tools"] for verdict in report["results"][0]["verdicts"]] == [["pay"], ["look"]]


def test_what_fails_exits_with_1_and_has_both_places(checked: Checked) -> None:
    report = checked(OPEN, [NEVER_PAY])
    assert (report["exit"], outcomes(report)) == (1, ["fails"])
    (found,) = report["diagnostics"]
    assert (found["code"], found["name"], found["file"]) == ("AST01", "failed-assertion", "asserts.json")
    assert found["pointer"] == "/asserts/0/never_allow"
    assert found["message"] == "`never_allow` does not hold: `policy.json` allows a call of `pay`"
    (place,) = found["related"]
    assert (place["file"], place["pointer"], place["message"]) == ("policy.json", "/tools/pay", "allowed: pay {}")
    (breach,) = report["results"][0]["verdicts"][0]["breaches"]
    assert breach["call"] == {"tool": "pay", "args": {}, "args_text": "{}"}
    assert (breach["verdict"], breach["pointer"]) == ("allow", "/tools/pay")


@pytest.mark.parametrize(
    ("tools", "entries", "code", "found"),
    [
        ({"pay": UNKNOWN}, [NEVER_PAY], 4, ["AST02"]),
        ({"pay": UNKNOWN, "look": {}}, [NEVER_PAY, {"never_allow": {"tool": "look"}}], 1, ["AST02", "AST01"]),
        (OPEN, [{"never_allow": {"tool": "pya"}}], 3, ["AST03"]),
        (OPEN, [{"never_allow": {"tool": "pya"}}, {"can_allow": {"tool": "pay"}}], 0, ["AST03"]),
        (OPEN, [NEVER_PAY | {"severity": "warning"}], 0, ["AST01"]),
    ],
)
def test_the_strongest_reason_decides_the_exit_code(
    checked: Checked, tools: Any, entries: list[Any], code: int, found: list[str]
) -> None:
    report = checked(tools, entries)
    assert (report["exit"], codes(report)) == (code, found)


def test_milder_findings_fail_where_that_is_asked_for(checked: Checked) -> None:
    mild = [NEVER_PAY | {"severity": "info"}]
    assert checked(OPEN, mild, "--fail-on", "info")["exit"] == 1
    assert checked(OPEN, mild, "--fail-on", "warning")["exit"] == 0
    assert checked(OPEN, [{"never_allow": {"tool": "pya"}}], "--fail-on", "warning")["exit"] == 1


def test_a_slip_of_a_name_is_met_with_the_name_that_was_meant(checked: Checked) -> None:
    (found,) = checked(OPEN, [{"always_deny": {"tool": "lok"}}])["diagnostics"]
    assert found["message"] == "`always_deny` checks nothing: no tool of the policy is `tool lok`"
    assert found["help"] == "did you mean `look`?"


def test_a_catalog_without_tags_is_told_how_to_get_them(checked: Checked) -> None:
    entries = [{"never_allow": {"tags": "money"}, "when": [{"path": "args.a", "op": "gt", "value": 1}]}]
    (found,) = checked(OPEN, entries, "--catalog", "catalog.json")["diagnostics"]
    assert found["message"] == "`never_allow` checks nothing: no tool of the catalog is `tags money`"
    assert found["help"] == "no tool of the catalog has a tag: `policyctl catalog classify` gives them"


def test_a_slip_among_names_that_are_there_is_told_too(checked: Checked) -> None:
    report = checked({"look": {}}, [{"always_deny": {"tool": ["pay", "refnud"]}}], "--catalog", "catalog.json")
    assert (report["exit"], outcomes(report)) == (0, ["holds"])
    (found,) = report["diagnostics"]
    assert (found["code"], found["severity"]) == ("AST03", "warning")
    assert found["message"].endswith("says `refnud`, and neither the policy nor the catalog has a tool of such a name")


def test_what_no_catalog_classes_is_told(checked: Checked) -> None:
    report = checked({"extra": {}}, [{"never_allow": {"category": "Financial"}}], "--catalog", "catalog.json")
    (found,) = report["diagnostics"]
    assert (report["exit"], found["code"], found["severity"]) == (0, "AST04", "info")
    assert found["message"].endswith("leaves out what `policy.json` lets through and no catalog classes: `extra`")


def test_a_sequence_has_its_times_and_the_limit_that_bounds_it(checked: Checked) -> None:
    limits = {"limits": [{"counter": "c", "max": 10, "window": "minute"}]}
    report = checked({"pay": limits}, [{"at_most": "15/hour"}])
    (verdict,) = report["results"][0]["verdicts"]
    assert verdict["overrun"]["calls"] == 16
    assert [(each["ts"], each["count"]) for each in verdict["overrun"]["sequence"]] == [
        ("2026-01-01T00:00:00Z", 10),
        ("2026-01-01T00:01:00Z", 6),
    ]
    assert [place["pointer"] for place in report["diagnostics"][0]["related"]] == ["/tools/pay/limits/0/max"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "no assertions were named"),
        (["--assert", "absent.json"], "no such file `absent.json`"),
        (["--assert", "."], "`.` is a directory"),
        (["--assert", "classes.json"], "`never_allow` in classes.json:1 is about a class, and no catalog says"),
        (["--assert", "classes.json", "--catalog", "plain.json"], "about a class, and `plain.json` classes no tool"),
        (["--assert", "asserts.json", "--policy", "absent.json"], "no such file `absent.json`"),
        (["--assert", "-", "--policy", "-"], "standard input can be read once only"),
        (["--assert", "asserts.json", "--output", "json=asserts.json"], "`asserts.json` is read here"),
        (["--assert", "asserts.json", "--output", "html=x"], "names an unknown format"),
        (["--assert", "asserts.json", "--base-rev", "nowhere"], "no git repository to look for `nowhere` in"),
    ],
)
def test_a_job_that_cannot_be_done_exits_with_2_and_a_hint(
    run: Run, repository: Path, options: list[str], message: str
) -> None:
    plain = {**CATALOG, "tools": [{"name": "pay"}]}
    classes = asserts({"never_allow": {"category": "Financial"}})
    written(repository, policy=policy(OPEN), asserts=asserts(NEVER_PAY), classes=classes, plain=plain)
    result = run(["check", *options], cwd=repository)
    assert (result.code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "hint: " in result.stderr


@pytest.mark.parametrize("form", ["text", "concise", "json", "github", "gitlab", "junit", "markdown", "sarif"])
@pytest.mark.parametrize("broken", ["asserts", "policy"])
def test_a_file_with_errors_exits_with_1_in_every_format(run: Run, repository: Path, broken: str, form: str) -> None:
    written(repository, policy=policy(OPEN), asserts=asserts(NEVER_PAY))
    written(repository, **{broken: '{"version": "1", "asserts": [{"never_alow": {}}], "defautl": "deny"}'})
    result = run(["check", "-a", "asserts.json", "--format", form], cwd=repository)
    assert (result.code, result.stderr) == (1, "")
    assert "did you mean" in result.stdout or "SCH01" in result.stdout


def test_a_line_of_assertions_is_shown_and_one_of_a_recording_is_not(run: Run, repository: Path) -> None:
    written(
        repository, policy=policy(OPEN), asserts=asserts(NEVER_PAY), slip=asserts({"can_allow": {"tool": "a", "x": 1}})
    )
    written(repository, calls='{"tool": "pay", "args": {"card": "canary"}}')
    assert "^^^^^^" in run(["check", "-a", "asserts.json"], cwd=repository).stdout
    assert '"tool": "a", "x": 1' in run(["check", "-a", "slip.json"], cwd=repository).stdout
    for words in (["-a", "calls.json"], ["-a", "asserts.json", "-p", "calls.json"]):
        result = run(["check", *words], cwd=repository)
        assert (result.code, "canary" in result.stdout) == (1, False)


def test_several_files_and_standard_input(run: Run, repository: Path, published: Callable[[str], Any]) -> None:
    written(repository, policy=policy(OPEN), asserts=asserts(NEVER_PAY))
    more = 'version: "1"\nasserts:\n- can_allow: {tool: look}\n'
    options = ["-a", "asserts.json", "-a", "-", "-a", "asserts.json", "--format", "json"]
    report = published(run(["check", *options], stdin=more, cwd=repository).stdout)
    assert outcomes(report) == ["fails", "holds"]
    assert report["checked"]["assertions"] == 2


def test_files_may_be_configured(run: Run, repository: Path) -> None:
    written(repository, policy=policy(OPEN), asserts=asserts(NEVER_PAY))
    (repository / "policyctl.toml").write_text('[check]\nasserts = ["asserts.json"]\n', "utf-8")
    result = run(["check", "--format", "concise"], cwd=repository)
    assert result.code == 1
    assert result.stdout.splitlines()[-1] == "1 error · 1 fails · checked 1 assertion · 1 policy · 1 tool"


def test_each_configured_server_is_checked_with_its_own_catalog(
    run: Run, repository: Path, published: Callable[[str], Any]
) -> None:
    other = {**CATALOG, "tools": [{"name": "wire", "category": "Financial", "risk": "Critical"}]}
    ask = {"wire": {"action": "require_approval"}}
    entries = (
        {"needs_approval": {"category": "Financial"}},
        {"always_deny": {"tool": "look*"}},
        {"can_allow": {"tool": ["wire", "look"]}},
    )
    written(repository, a=policy(OPEN), b=policy(ask), catalog=CATALOG, other=other, asserts=asserts(*entries))
    (repository / "policyctl.toml").write_text(
        '[servers.a]\npolicy = "a.json"\ncatalog = "catalog.json"\n'
        '[servers.b]\npolicy = "b.json"\ncatalog = "other.json"\n',
        "utf-8",
    )
    result = run(["check", "-a", "asserts.json", "--format", "json"], cwd=repository)
    report = published(result.stdout)
    assert [each["policy"]["file"] for each in report["results"]] == ["a.json", "b.json"]
    # A tool that must be allowed is one of the server that has it.
    assert outcomes(report) == ["fails", "fails", "holds", "holds", "checks nothing", "holds"]
    # What checks nothing under one policy is meant for another.
    assert codes(report) == ["AST01", "AST01"]
    alone = run(["check", "-a", "asserts.json", "--server", "b", "--format", "json"], cwd=repository)
    assert outcomes(published(alone.stdout)) == ["holds", "checks nothing", "fails"]


def test_what_is_idle_under_all_policies_is_told_once(
    run: Run, repository: Path, published: Callable[[str], Any]
) -> None:
    entries = ({"always_deny": {"tool": "x*"}}, {"can_allow": {"tool": ["one", "tow*", "two"]}})
    written(repository, a=policy({"one": {}}), b=policy({"two": {}}), asserts=asserts(*entries))
    (repository / "policyctl.toml").write_text(
        '[servers.a]\npolicy = "a.json"\n[servers.b]\npolicy = "b.json"\n', "utf-8"
    )
    report = published(run(["check", "-a", "asserts.json", "--format", "json"], cwd=repository).stdout)
    assert outcomes(report) == ["checks nothing", "holds"] * 2
    assert [(found["code"], found["pointer"]) for found in report["diagnostics"]] == [
        ("AST03", "/asserts/0/always_deny"),
        ("AST03", "/asserts/1/can_allow"),
    ]


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository whose working tree has weaker assertions than its last commit, and a policy that needs that."""
    written(tmp_path, policy=policy({"look": {}}), asserts=asserts(NEVER_PAY))
    (tmp_path / "policyctl.toml").write_text('[check]\nasserts = "asserts.json"\n', "utf-8")
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    written(tmp_path, policy=policy(OPEN), asserts=asserts({"can_allow": {"tool": "pay"}}), new=asserts(NEVER_PAY))
    return tmp_path


@pytest.mark.parametrize("named", [["--assert", "asserts.json"], []])
def test_a_change_cannot_approve_itself(
    run: Run, history: Path, published: Callable[[str], Any], named: list[str]
) -> None:
    assert run(["check", *named], cwd=history).code == 0
    result = run(["check", *named, "--base-rev", "HEAD", "--format", "json"], cwd=history)
    report = published(result.stdout)
    assert (result.code, report["base_rev"], outcomes(report)) == (1, "HEAD", ["fails"])
    assert report["results"][0]["asserts"]["file"] == "HEAD:asserts.json"
    assert run(["check", "--assert", "HEAD:asserts.json"], cwd=history).code == 1


def test_a_file_that_the_base_does_not_have_checks_nothing_yet(run: Run, history: Path) -> None:
    result = run(["check", "--assert", "new.json", "--base-rev", "HEAD"], cwd=history)
    assert result.code == 3
    assert "`HEAD` has no `new.json`: what it asserts counts once it is there" in result.stdout


def test_the_revision_configures_its_own_files(run: Run, history: Path) -> None:
    (history / "policyctl.toml").write_text('[check]\nasserts = "new.json"\n', "utf-8")
    result = run(["check", "--base-rev", "HEAD", "--format", "concise"], cwd=history)
    assert result.code == 1
    assert result.stdout.startswith("HEAD:asserts.json:1:")


def test_names_of_others_do_nothing_to_a_terminal_a_page_or_a_runner(run: Run, repository: Path) -> None:
    hostile = "x\x1b[31m\u202e</td>|`::error::"
    entry = {"never_allow": {"tool": hostile}, "name": f"\n::error::{hostile}", "reason": hostile}
    written(repository, policy=policy({hostile: {}}), asserts=asserts(entry))
    for form in ("text", "concise", "json", "github", "gitlab", "junit", "markdown", "sarif"):
        result = run(["check", "-a", "asserts.json", "--format", form], cwd=repository)
        assert result.code == 1
        assert not {"\x1b", "\u202e"} & set(result.stdout), form
        assert not any(line.startswith("::error::") for line in result.stdout.splitlines()), form


def test_equal_input_gives_equal_bytes_wherever_it_lies(run: Run, tmp_path: Path) -> None:
    reports = set()
    for place in ("one", "two"):
        shutil.copytree(ROOT / "fixtures", tmp_path / place)
        (tmp_path / place / ".git").mkdir()
        words = ["check", "-a", "asserts/exchange.yaml", "-p", "policies/exchange.json"]
        options = ["-c", "tool-catalogs/exchange.json", "--output", "sarif=s.sarif", "--output", "markdown=m.md"]
        result = run([*words, *options], cwd=tmp_path / place)
        files = [(tmp_path / place / name).read_text("utf-8") for name in ("s.sarif", "m.md")]
        reports.add((result.code, result.stdout, *files))
    assert len(reports) == 1
