"""What lint says of the shipped policies, and of those that are recommended for the shipped catalogs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from policyctl.cli.main import main
from policyctl.diagnostic import Severity
from policyctl.lint.run import lint
from policyctl.lint.subject import Subject
from policyctl.lint.table import LISTED
from policyctl.reading.policy import read_policy
from policyctl.recommend.compose import compose, recommend
from policyctl.recommend.profile import Profile
from policyctl.report.policy import json_
from tests.real.test_recommended import catalogs
from tests.recommend.listed import document_of

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
#: A change that somebody proposes, with a mistake in it.
PROPOSED = FIXTURES / "policies" / "payments-next.yaml"
POLICIES = sorted(path for path in (FIXTURES / "policies").iterdir() if path != PROPOSED)
#: The catalog of a policy that has not its name.
CATALOG_OF = {"exchange-next": "exchange"}
CATALOGS = sorted((FIXTURES / "tool-catalogs").iterdir())


class Report(SingleFileSnapshotExtension):
    """A file for each snapshot, as it would be printed."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


def graver_than_info(policy: Path, catalog: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    main(["lint", str(policy), "--catalog", str(FIXTURES / "tool-catalogs" / f"{catalog}.json"), "--format", "concise"])
    shown = capsys.readouterr().out
    assert "checked 1 policy" in shown
    return re.findall(r"(?:error|warning)\[(\w+)\]", shown)


@pytest.mark.parametrize("policy", POLICIES, ids=lambda path: path.stem)
def test_a_careful_policy_has_no_error_and_no_warning(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert graver_than_info(policy, CATALOG_OF.get(policy.stem, policy.stem), capsys) == []


def test_the_mistake_in_the_proposed_change_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert graver_than_info(PROPOSED, "payments", capsys) == ["ARG02", "NUM01"]


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda path: path.stem)
def test_what_lint_says_of_a_recommended_policy(
    catalog: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    snapshot: SnapshotAssertion,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "catalog.json").write_bytes(catalog.read_bytes())
    assert main(["recommend", "--catalog", "catalog.json", "-o", "policy.json", "--quiet"]) == 0
    capsys.readouterr()
    code = main(["lint", "policy.json", "--catalog", "catalog.json", "--fail-on", "warning", "--format", "concise"])
    said = re.sub(r" \d+ rules$", " all rules", capsys.readouterr().out, flags=re.MULTILINE)
    assert code == 0
    assert said == snapshot(extension_class=Report)


@pytest.mark.parametrize(
    "name", ["github", "kubernetes", "stripe", "playwright", "tracetools-tau", "mcp-reference-servers"]
)
def test_only_flows_and_claims_are_wrong_with_what_is_recommended_for_real_servers(
    shared_data: Path, name: str
) -> None:
    for catalog in catalogs(shared_data / "catalogs" / f"{name}.jsonl"):
        document = document_of(json_.render(compose(recommend(catalog, Profile.TOOL_PAGE))), "policy.json")
        policy = read_policy(document).policy
        assert policy is not None
        linted = lint(Subject(document, policy, catalog), LISTED)
        assert linted.crashes == ()
        grave = {found.code for found in linted.diagnostics if found.severity is not Severity.INFO}
        assert grave <= {"FLW01", "FLW02", "FLW06", "FLW08", "LIM12", "CAT03"}
