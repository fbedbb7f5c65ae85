"""`policyctl catalog diff`, end to end."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import validators
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from tests.conftest import Run

FIXTURES = Path(__file__).parents[3] / "fixtures"
DESK = "fixtures/tools-list/desk.json"
LATER = "fixtures/tools-list/desk-later.json"
CATALOG = "fixtures/tools-list/desk-catalog.json"
POLICY = "fixtures/tools-list/desk-policy.json"
ROOT = FIXTURES.parent
Published = Callable[[str], Any]


class ReportSnapshot(SingleFileSnapshotExtension):
    """A file for each snapshot, as it would be printed."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def printed(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(ReportSnapshot)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_the_whole_report(run: Run, printed: SnapshotAssertion, form: str) -> None:
    result = run(["catalog", "diff", CATALOG, LATER, "--policy", POLICY, "--format", form], cwd=ROOT)
    assert result.code == 1
    assert result.stdout == printed


def test_the_report_without_a_policy(run: Run, printed: SnapshotAssertion) -> None:
    result = run(["catalog", "diff", DESK, LATER], cwd=ROOT)
    assert result.code == 1
    assert result.stdout == printed


def test_the_report_of_no_change(run: Run, printed: SnapshotAssertion) -> None:
    result = run(["catalog", "diff", DESK, CATALOG, "--policy", POLICY], cwd=ROOT)
    assert result.code == 0
    assert result.stdout == printed


def test_a_program_reads_every_change_and_how_far_agents_get(run: Run, published: Published) -> None:
    report = published(run(["catalog", "diff", CATALOG, LATER, "-p", POLICY, "--format", "json"], cwd=ROOT).stdout)
    assert report["exit"] == 1
    reach = {change["tool"]: change["reach"] for change in report["changes"]}
    assert reach["delete_customer"] == reach["archive_ticket"] == "allowed"
    assert (reach["refund_order"], reach["export_customer"]) == ("partly", "asked")
    renamed = next(change for change in report["changes"] if change["kind"] == "renamed")
    assert (renamed["was"], renamed["tool"], renamed["alike"]) == ("close_ticket", "archive_ticket", 1)
    assert report["policies"][0]["file"] == POLICY


def test_code_scanning_reads_the_findings(run: Run, shared_data: Path) -> None:
    result = run(["catalog", "diff", CATALOG, LATER, "-p", POLICY, "--format", "sarif"], cwd=ROOT)
    schema = json.loads((shared_data / "schemas" / "sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(result.stdout)
    validators.validator_for(schema)(schema).validate(log)
    (only,) = log["runs"]
    rules = {rule["id"]: rule for rule in only["tool"]["driver"]["rules"]}
    assert "external/cwe/cwe-353" in rules["DRF07"]["properties"]["tags"]
    files = {found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for found in only["results"]}
    assert files == {CATALOG, LATER, POLICY}
    assert {artifact["location"]["uri"] for artifact in only["artifacts"]} == files


def git(folder: Path, *words: str) -> None:
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *author, *words], cwd=folder, check=True, capture_output=True)


def test_a_commit_is_compared_with_the_working_tree(run: Run, tmp_path: Path, published: Published) -> None:
    (tmp_path / "c.json").write_bytes((ROOT / CATALOG).read_bytes())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "c.json")
    git(tmp_path, "commit", "-q", "-m", "x")
    run(["catalog", "import", ROOT / LATER, "-o", "c.json"], cwd=tmp_path)
    words = ["catalog", "diff", "HEAD:c.json", "c.json", "--format", "json"]
    report = published(run(words, cwd=tmp_path).stdout)
    assert [report["old"][0]["file"], report["new"][0]["file"]] == ["HEAD:c.json", "c.json"]
    assert {"DRF07", "DRF01", "DRF12"} <= {found["code"] for found in report["diagnostics"]}
    back = published(run(["catalog", "diff", "c.json", "HEAD:c.json", "--format", "json"], cwd=tmp_path).stdout)
    assert len(back["changes"]) == len(report["changes"])


def test_files_of_one_server_are_compared_whatever_they_are_called(run: Run, repository: Path) -> None:
    (repository / "old.json").write_text('[{"name": "get_page", "description": "Shows a page."}]')
    (repository / "new.json").write_text('[{"name": "get_page", "description": "Shows one page."}]')
    result = run(["catalog", "diff", "old.json", "new.json"], cwd=repository)
    assert (result.code, result.stdout.splitlines()[-1]) == (0, "compared 1 tool with 1 · 1 changed")


def test_each_server_is_graded_by_its_own_policy(run: Run, repository: Path, published: Published) -> None:
    def tools(*servers: str) -> str:
        rows = ({"server": server, "name": "delete_all", "description": "Deletes everything."} for server in servers)
        return "".join(json.dumps(row) + "\n" for row in rows)

    (repository / "old.jsonl").write_text(tools("c"))
    (repository / "new.jsonl").write_text(tools("a", "b", "c"))
    (repository / "open.json").write_text('{"version": "1", "default": "allow"}')
    (repository / "closed.json").write_text('{"version": "1", "default": "deny"}')
    (repository / "policyctl.toml").write_text('policy = "open.json"\n[servers.a]\npolicy = "closed.json"\n')
    words = ["catalog", "diff", "old.jsonl", "new.jsonl", "--format", "json"]
    report = published(run(words, cwd=repository).stdout)
    assert [(change["server"], change["reach"]) for change in report["changes"]] == [("a", "denied"), ("b", "allowed")]
    assert [found["severity"] for found in report["diagnostics"]] == ["info", "error"]
    flagged = published(run([*words, "--policy", "closed.json"], cwd=repository).stdout)
    assert flagged["exit"] == 0


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("[]", "[]", 3, "compared 0 tools with 0 · no change"),
        ('[{"name": "a"}]', "[]", 0, "1 gone"),
        ('{"version": "1", "default": "deny"}', "[]", 1, "this is a policy"),
        ("[]", "{", 1, "error[SRC02]"),
    ],
)
def test_what_is_no_drift_has_its_exit_code(
    run: Run, repository: Path, old: str, new: str, code: int, words: str
) -> None:
    (repository / "old.json").write_text(old)
    (repository / "new.json").write_text(new)
    result = run(["catalog", "diff", "old.json", "new.json"], cwd=repository)
    assert (result.code, words in result.stdout) == (code, True)


def test_a_policy_with_an_error_stops_the_comparison(run: Run, repository: Path) -> None:
    (repository / "p.json").write_text('{"version": "2"}')
    result = run(["catalog", "diff", ROOT / DESK, ROOT / LATER, "--policy", "p.json"], cwd=repository)
    assert (result.code, "nothing more was done" in result.stdout) == (1, True)


def test_a_report_is_not_written_over_what_it_reads(run: Run, repository: Path) -> None:
    (repository / "a.json").write_text("[]")
    result = run(["catalog", "diff", "a.json", "a.json", "--output", "json=a.json"], cwd=repository)
    assert (result.code, (repository / "a.json").read_text()) == (2, "[]")


def test_real_lists_compared_with_themselves_and_each_other_hold_no_surprise(
    run: Run, repository: Path, shared_data: Path, published: Published
) -> None:
    catalogs = shared_data / "catalogs"
    same = run(["catalog", "diff", catalogs / "livemcptool.jsonl", catalogs / "livemcptool.jsonl"], cwd=repository)
    assert (same.code, same.stdout.splitlines()[-1]) == (0, "compared 527 tools with 527 · no change")
    words = ["catalog", "diff", catalogs / "github.jsonl", catalogs / "kubernetes.jsonl", "--format", "json"]
    report = published(run(words, cwd=repository).stdout)
    kinds = [change["kind"] for change in report["changes"]]
    assert (kinds.count("removed"), kinds.count("added"), kinds.count("renamed")) == (116, 45, 0)
