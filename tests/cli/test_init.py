"""`policyctl init`, end to end: what is written, what is left alone, and that the pieces fit."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from policyctl.workspace.config import load

if TYPE_CHECKING:
    from tests.conftest import Run

ROOT = Path(__file__).parents[2]
WORKFLOW = ".github/workflows/policyctl.yml"
ALL = {"policyctl.toml", "policy.json", ".pre-commit-config.yaml", WORKFLOW}


@pytest.fixture
def project(repository: Path) -> Path:
    shutil.copy(ROOT / "fixtures/tool-catalogs/payments.json", repository / "catalog.json")
    return repository


def written(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    return found - {"catalog.json"}


def statuses(report: Any) -> dict[str, str]:
    return {file["name"]: file["status"] for file in report["files"]}


def test_all_files_are_written_and_told_with_what_to_do_next(run: Run, project: Path) -> None:
    result = run(["init", "--catalog", "catalog.json"], cwd=project)
    assert (result.code, result.stderr) == (0, "")
    assert written(project) == ALL
    assert result.stdout == (
        "created  policyctl.toml                   names the policy and the catalog\n"
        "created  policy.json                      "
        "22 tools of payments: 9 allowed · 4 limited · 9 denied\n"
        "created  .pre-commit-config.yaml          checks before each commit\n"
        "created  .github/workflows/policyctl.yml  checks each pull request\n"
        "\n"
        "next\n"
        "  policyctl lint policy.json\n"
        "      mistakes that a valid policy can still have\n"
        '  policyctl explain --policy policy.json --call \'{"tool": "cancel_subscription", "args": {}}\'\n'
        "      how one call is decided\n"
        "  policyctl simulate calls.jsonl --policy policy.json\n"
        "      what it would have done to recorded calls\n"
        "\n"
        "4 created\n"
    )


@pytest.mark.parametrize("profile", ["tool-page", "server-page", "strict"])
@pytest.mark.parametrize("form", ["json", "yaml"])
def test_the_policy_is_the_recommended_one_and_passes_every_check(
    run: Run, project: Path, profile: str, form: str
) -> None:
    options = ["--catalog", "catalog.json", "--profile", profile, *(["--yaml"] if form == "yaml" else [])]
    assert run(["init", *options], cwd=project).code == 0
    recommended = run(["recommend", *options], cwd=project).stdout
    assert (project / f"policy.{form}").read_text("utf-8") == recommended
    for check in (["validate"], ["lint"], ["fmt", "--check"]):
        result = run([*check, f"policy.{form}"], cwd=project)
        assert result.code == 0, result.stdout


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_without_a_catalog_everything_is_denied(run: Run, repository: Path, form: str) -> None:
    assert run(["init", *(["--yaml"] if form == "yaml" else [])], cwd=repository).code == 0
    text = (repository / f"policy.{form}").read_text("utf-8")
    assert yaml.safe_load(text) == {"version": "1", "default": "deny", "tools": {}}
    assert text.startswith("# ") == (form == "yaml")
    for check in (["validate"], ["lint"], ["fmt", "--check"]):
        assert run([*check, f"policy.{form}"], cwd=repository).code == 0


def test_the_configuration_is_read_with_the_right_paths(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["init", "--catalog", "catalog.json", "--profile", "strict", "agents/desk"], cwd=project).code == 0
    monkeypatch.chdir(project)
    configuration = load(project / "agents/desk/policyctl.toml")
    assert configuration.policy == Path("agents/desk/policy.json")
    assert configuration.catalog is not None
    assert os.path.samefile(configuration.catalog, "catalog.json")
    assert configuration.profile == "strict"


def test_hooks_and_workflow_are_at_the_root_and_lead_to_the_directory(run: Run, project: Path) -> None:
    assert run(["init", "--catalog", "catalog.json", "agents"], cwd=project).code == 0
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert [hook["id"] for hook in hooks] == ["policyctl-validate", "policyctl-lint", "policyctl-fmt"]
    assert hooks[1]["args"] == ["--config", "agents/policyctl.toml"]
    assert run(["lint", *hooks[1]["args"], "agents/policy.json"], cwd=project).code == 0
    step = yaml.safe_load((project / WORKFLOW).read_text("utf-8"))["jobs"]["policyctl"]["steps"][1]
    assert step["with"] == {
        "files": "agents/policy.json",
        "catalog": "catalog.json",
        "base-rev": "origin/${{ github.base_ref }}",
    }


def test_hooks_and_inputs_are_those_that_the_project_offers(run: Run, project: Path) -> None:
    run(["init", "--catalog", "catalog.json"], cwd=project)
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert {hook["id"] for hook in hooks} <= offered
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    steps = yaml.safe_load((project / WORKFLOW).read_text("utf-8"))["jobs"]["policyctl"]["steps"]
    assert set(steps[1]["with"]) <= set(inputs)


def test_a_second_run_changes_nothing_and_is_no_failure(
    run: Run, project: Path, published: Callable[[str], Any]
) -> None:
    run(["init", "--catalog", "catalog.json"], cwd=project)
    before = {name: ((project / name).read_bytes(), (project / name).stat().st_mtime_ns) for name in ALL}
    result = run(["init", "--yaml", "--format", "json"], cwd=project)
    assert result.code == 0
    assert statuses(published(result.stdout)) == dict.fromkeys(ALL, "kept")
    assert {name: ((project / name).read_bytes(), (project / name).stat().st_mtime_ns) for name in ALL} == before
    assert written(project) == ALL


@pytest.mark.parametrize("name", sorted(ALL))
def test_whatever_is_there_is_never_replaced(run: Run, project: Path, name: str) -> None:
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("# mine\n", "utf-8")
    assert run(["init", "--catalog", "catalog.json"], cwd=project).code == 0
    assert (project / name).read_text("utf-8") == "# mine\n"
    assert written(project) == ALL


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_link_that_leads_nowhere_is_not_followed(
    run: Run, project: Path, tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "file"
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).symlink_to(outside)
    assert run(["init"], cwd=project).code == 0
    assert not outside.exists()
    assert (project / name).is_symlink()


def test_a_directory_that_is_a_link_out_of_the_project_is_not_written_to(
    run: Run, project: Path, tmp_path_factory: pytest.TempPathFactory, published: Callable[[str], Any]
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (project / ".github").symlink_to(outside)
    result = run(["init", "--format", "json"], cwd=project)
    assert result.code == 0
    assert statuses(published(result.stdout))[WORKFLOW] == "skipped"
    assert list(outside.iterdir()) == []


def test_a_policy_under_another_usual_name_is_kept_and_named(run: Run, repository: Path) -> None:
    (repository / "policy.yml").write_text('version: "1"\ndefault: deny\n', "utf-8")
    assert run(["init"], cwd=repository).code == 0
    assert not (repository / "policy.json").exists()
    assert 'policy = "policy.yml"\n' in (repository / "policyctl.toml").read_text("utf-8")


def test_a_configured_policy_is_written_where_it_is_looked_for(run: Run, repository: Path) -> None:
    (repository / "pyproject.toml").write_text('[tool.policyctl]\npolicy = "policies/shop.yaml"\n', "utf-8")
    assert run(["init"], cwd=repository).code == 0
    assert written(repository) == {"pyproject.toml", "policies/shop.yaml", ".pre-commit-config.yaml", WORKFLOW}
    assert run(["lint"], cwd=repository).code == 0
    hook = yaml.safe_load((repository / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"][0]
    assert hook["files"] == r"^policies/shop\.yaml$"


def test_a_configured_policy_outside_of_the_repository_is_not_written(
    run: Run, tmp_path: Path, published: Callable[[str], Any]
) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "policyctl.toml").write_text('policy = "../policy.json"\n', "utf-8")
    result = run(["init", "--format", "json"], cwd=repository)
    assert statuses(published(result.stdout))["../policy.json"] == "skipped"
    assert not (tmp_path / "policy.json").exists()


def test_hooks_that_are_there_stay_and_the_entry_to_add_is_printed(run: Run, repository: Path) -> None:
    present = "repos:\n  - repo: local\n    hooks: []\n"
    (repository / ".pre-commit-config.yaml").write_text(present, "utf-8")
    result = run(["init"], cwd=repository)
    assert (repository / ".pre-commit-config.yaml").read_text("utf-8") == present
    _, _, rest = result.stdout.partition("to add  below `repos:` of the file that was kept\n")
    entry = "\n".join(line[2:] for line in rest.partition("\n\n")[0].splitlines())
    together = yaml.safe_load(f"{present}{entry}\n")
    assert [each["repo"] for each in together["repos"]] == ["local", "https://github.com/policyctl/policyctl"]
    (repository / ".pre-commit-config.yaml").write_text(f"{present}{entry}\n", "utf-8")
    assert "to add" not in run(["init"], cwd=repository).stdout


def test_a_dry_run_writes_nothing_and_shows_what_would_be_written(
    run: Run, project: Path, published: Callable[[str], Any]
) -> None:
    dry = run(["init", "--catalog", "catalog.json", "--dry-run", "new"], cwd=project)
    assert (dry.code, written(project), (project / "new").exists()) == (0, set(), False)
    assert "would create  new/policy.json " in dry.stdout
    assert '\n  policy = "policy.json"\n' in dry.stdout
    assert dry.stdout.endswith("\ndry run, nothing was written: 4 created\n")
    report = published(run(["init", "-c", "catalog.json", "--dry-run", "--format", "json"], cwd=project).stdout)
    run(["init", "--catalog", "catalog.json"], cwd=project)
    contents = {file["name"]: file["content"] for file in report["files"]}
    assert contents == {name: (project / name).read_text("utf-8") for name in ALL}


def test_outside_of_a_repository_a_workflow_has_to_be_wished_for(run: Run, tmp_path: Path) -> None:
    result = run(["init"], cwd=tmp_path)
    assert "skipped  .github/workflows/policyctl.yml  no git repository; `--github` writes it\n" in result.stdout
    assert written(tmp_path) == ALL - {WORKFLOW}
    run(["init", "--github"], cwd=tmp_path)
    assert written(tmp_path) == ALL


def test_a_catalog_with_errors_is_shown_and_nothing_is_written(run: Run, repository: Path) -> None:
    (repository / "c.json").write_text('{"version": "1", "server": {"id": "s"}, "tools": [{}]}', "utf-8")
    result = run(["init", "--catalog", "c.json"], cwd=repository)
    assert (result.code, written(repository)) == (1, {"c.json"})
    assert "c.json:1:" in result.stdout


def test_a_list_without_places_has_to_be_imported_first(run: Run, repository: Path) -> None:
    result = run(["init", "--catalog", ROOT / "fixtures/tools-list/desk.json"], cwd=repository)
    assert (result.code, written(repository)) == (2, set())
    assert "policyctl catalog import" in result.stderr


@pytest.mark.parametrize("from_stdin", [True, False])
def test_a_catalog_that_others_do_not_have_is_not_named_in_what_they_share(
    run: Run, repository: Path, from_stdin: bool
) -> None:
    source = ROOT / "fixtures/tool-catalogs/payments.json"
    stdin = source.read_bytes() if from_stdin else b""
    result = run(["init", "--catalog", "-" if from_stdin else source], stdin=stdin, cwd=repository)
    assert result.code == 0
    assert "which others do not have" in result.stderr
    shared = "".join((repository / name).read_text("utf-8") for name in ("policyctl.toml", WORKFLOW))
    assert "payments" not in shared
    assert run(["lint"], cwd=repository).code == 0


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300])
def test_what_cannot_be_a_directory_is_said(run: Run, repository: Path, name: str) -> None:
    (repository / "file").touch()
    result = run(["init", name], cwd=repository)
    assert (result.code, result.stdout, written(repository)) == (2, "", {"file"})
    assert result.stderr.startswith("error: ")


def test_trouble_with_one_file_does_not_stop_the_others(
    run: Run, repository: Path, published: Callable[[str], Any]
) -> None:
    (repository / ".github").touch()
    result = run(["init", "--format", "json"], cwd=repository)
    report = published(result.stdout)
    assert (result.code, report["exit"]) == (2, 2)
    assert statuses(report) == dict.fromkeys(ALL, "created") | {WORKFLOW: "failed"}
    assert (report["files"][3]["remark"], report["next"]) == ("not a directory", [])
    assert str(repository) not in result.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_directory_without_permission_fails_and_says_why(run: Run, repository: Path) -> None:
    (repository / "held").mkdir(mode=0o500)
    result = run(["init", "held"], cwd=repository)
    assert result.code == 2
    assert "no permission" in result.stdout


@pytest.mark.parametrize("name", ["${{ x }}", 'a"b', "a: b #", "ünï 😀", "\u202egnp", "a\nb", "'", "-x", "[a]", "\x7f"])
def test_the_name_of_a_directory_is_never_taken_for_anything_else(run: Run, project: Path, name: str) -> None:
    (project / name).mkdir()
    shutil.copy(project / "catalog.json", project / name / "tools.json")
    catalog = f"./{name}/tools.json"
    result = run(["init", "--catalog", catalog, f"./{name}"], cwd=project)
    assert result.code == 0
    assert {"\u202e", "\x7f"}.isdisjoint(result.stdout)
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
    assert hooks[1]["args"] == ["--config", f"{name}/policyctl.toml"]
    if name in {"${{ x }}", "a\nb"}:
        assert not (project / WORKFLOW).exists()
    else:
        step = yaml.safe_load((project / WORKFLOW).read_text("utf-8"))["jobs"]["policyctl"]["steps"][1]
        assert step["with"]["files"] == f"{name}/policy.json"


@pytest.mark.parametrize("name", ['a"b', "ünï 😀", "\u202egnp", "a\nb", "'", "a\\b", "\x7f", "\x01"])
def test_the_name_of_a_catalog_comes_back_from_the_configuration(
    run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shutil.copy(ROOT / "fixtures/tool-catalogs/payments.json", repository / name)
    assert run(["init", "--catalog", name], cwd=repository).code == 0
    monkeypatch.chdir(repository)
    assert load().catalog == Path(name)


def test_a_name_that_is_no_text_is_refused(run: Run, repository: Path) -> None:
    name = "\udcff.json"
    shutil.copy(ROOT / "fixtures/tool-catalogs/payments.json", repository / name)
    result = run(["init", "--catalog", name], cwd=repository)
    assert (result.code, written(repository)) == (2, {name})


def test_words_of_a_catalog_neither_steer_the_terminal_nor_the_policy(run: Run, repository: Path) -> None:
    catalog = {
        "version": "1",
        "server": {"id": "s\u001b[2J\n", "name": "s"},
        "tools": [{"name": "get\u001b[31m\nx", "description": "policyctl: ignore[ARG02] me"}],
    }
    (repository / "c.json").write_text(json.dumps(catalog), "utf-8")
    result = run(["init", "--yaml", "--catalog", "c.json"], cwd=repository)
    assert result.code in {0, 1}
    assert "\x1b" not in result.stdout
    if result.code == 0:
        assert "\x1b" not in (repository / "policy.yaml").read_text("utf-8")
        assert run(["validate", "policy.yaml"], cwd=repository).code == 0


def test_a_broken_configuration_is_no_ground_to_build_on(run: Run, repository: Path) -> None:
    (repository / "policyctl.toml").write_text("polic = 1\n", "utf-8")
    result = run(["init"], cwd=repository)
    assert (result.code, written(repository)) == (2, {"policyctl.toml"})
    assert "policyctl.toml:1" in result.stderr


def test_a_catalog_without_tools_gives_a_policy_that_denies_everything(run: Run, repository: Path) -> None:
    (repository / "c.json").write_text('{"version": "1", "server": {"id": "s", "name": "s"}, "tools": []}', "utf-8")
    result = run(["init", "--catalog", "c.json"], cwd=repository)
    assert result.code == 0
    assert "policy.json                      denies everything: no tool is listed\n" in result.stdout
    assert run(["lint", "policy.json"], cwd=repository).code == 0
