from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

FULL = """\
policy = "policies/shop.json"
traces = ["logs/*.jsonl"]
dialect = "policylayer"

[lint]
ignore = "ARG02"
severity.ARG03 = "warning"

[servers."git hub"]
policy = "gh.json"

[gate]
max_denied = "2.5%"

[[suppress]]
rule = "ARG02"
policy = "policies/shop.json"
at = "/tools/pay/deny_if/0"
expires = 2027-01-31
"""


def _by_key(document: Any) -> dict[str, tuple[Any, Any]]:
    return {entry["key"]: (entry["value"], entry["origin"].get("line")) for entry in document["settings"]}


def test_each_value_comes_with_the_line_that_set_it(
    run: Run, repository: Path, published: Callable[[str], Any]
) -> None:
    (repository / "policyctl.toml").write_text(FULL)
    document = published(run(["config", "--format", "json"], cwd=repository).stdout)
    assert document["file"] == "policyctl.toml"
    given = {key: value for key, value in _by_key(document).items() if value[1] is not None}
    assert given == {
        "policy": ("policies/shop.json", 1),
        "traces.files": (["logs/*.jsonl"], 2),
        "dialect": ("policylayer", 3),
        "lint.ignore": (["ARG02"], 6),
        "lint.severity": ({"ARG03": "warning"}, 7),
        'servers."git hub".policy': ("gh.json", 10),
        "gate.max_denied": ("2.5%", 13),
        "suppress.0": (
            {
                "rule": "ARG02",
                "policy": "policies/shop.json",
                "at": "/tools/pay/deny_if/0",
                "reason": None,
                "expires": "2027-01-31",
                "content": None,
            },
            15,
        ),
    }


def test_without_a_file_everything_is_the_default(run: Run, repository: Path, published: Callable[[str], Any]) -> None:
    document = published(run(["config", "--format", "json"], cwd=repository).stdout)
    assert document["file"] is None
    assert {entry["origin"]["kind"] for entry in document["settings"]} == {"default"}
    assert _by_key(document)["gate.max_bad_lines"] == ("0", None)


def test_from_below_the_paths_lead_to_the_same_files(
    run: Run, repository: Path, published: Callable[[str], Any]
) -> None:
    (repository / "policyctl.toml").write_text(FULL)
    below = repository / "a" / "b"
    below.mkdir(parents=True)
    document = published(run(["config", "--format", "json"], cwd=below).stdout)
    assert document["file"] == "../../policyctl.toml"
    assert _by_key(document)["policy"] == ("../../policies/shop.json", 1)
    assert str(repository) not in str(document)


def test_the_text_names_value_and_place(run: Run, repository: Path) -> None:
    (repository / "policyctl.toml").write_text(FULL)
    lines = run(["config"], cwd=repository).stdout.splitlines()
    assert lines[0].split() == ["policy", '"policies/shop.json"', "policyctl.toml:1"]
    assert lines[1].split() == ["catalog", "none", "default"]
    assert lines[-1] == "policyctl.toml · 8 of 27 settings given · 0 environment variables"


def test_a_control_character_from_the_file_does_not_reach_the_terminal(run: Run, repository: Path) -> None:
    (repository / "policyctl.toml").write_text('policy = "\\u001b[31mred"\n[servers."\\u001b[2J"]\npolicy = "x"\n')
    result = run(["config"], cwd=repository)
    assert result.code == 0
    assert "\x1b" not in result.stdout


def test_variables_that_stand_in_for_flags_are_listed_and_others_are_doubted(
    run: Run, repository: Path, published: Callable[[str], Any]
) -> None:
    env = {"POLICYCTL_CONFIG_QUIET": "0", "POLICYCTL_CONFIG_FORMT": "json"}
    result = run(["config", "--format", "json"], cwd=repository, env=env)
    assert published(result.stdout)["environment"] == [
        {"variable": "POLICYCTL_CONFIG_QUIET", "command": "config", "flag": "--quiet", "value": "0"}
    ]
    assert result.stderr == "note: no command reads `POLICYCTL_CONFIG_FORMT`; did you mean `POLICYCTL_CONFIG_FORMAT`?\n"
    assert run(["config", "--quiet"], cwd=repository, env=env).stderr == ""


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_broken_file_is_exit_2_in_every_format(run: Run, repository: Path, form: str) -> None:
    (repository / "policyctl.toml").write_text("\n[gate]\nmax_deneid = 3\n")
    result = run(["config", "--format", form], cwd=repository)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr == (
        "error: policyctl.toml:3: unknown key `max_deneid` in `[gate]`\nhint: did you mean `max_denied`?\n"
    )


def test_a_file_can_be_named_and_must_exist(run: Run, repository: Path) -> None:
    (repository / "other.toml").write_text('policy = "x.json"\n')
    assert '"x.json"' in run(["config", "--config", "other.toml"], cwd=repository).stdout
    result = run(["config", "--config", "othr.toml"], cwd=repository)
    assert result.code == 2
    assert result.stderr == "error: no such file `othr.toml`\nhint: did you mean `other.toml`?\n"


def test_a_named_file_that_is_missing_is_called_as_the_user_called_it(run: Run, repository: Path) -> None:
    missing = repository / "elsewhere" / "x.toml"
    assert run(["config", "--config", missing], cwd=repository).stderr.startswith(f"error: no such file `{missing}`\n")
    (repository / "x.toml").write_text('policy = "p.json"\n')
    assert str(repository) not in run(["config", "--config", repository / "x.toml"], cwd=repository).stdout
