"""`policyctl validate`, end to end: every kind of bad input has its place and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from tests.conftest import Run

ROOT = Path(__file__).parent.parent.parent
GOOD = '{"version": "1", "default": "deny", "tools": {"t": {}}}'
REPORT = Draft202012Validator(json.loads((ROOT / "schemas/output/validate.v1.schema.json").read_text("utf-8")))


def condition(**members: Any) -> bytes:
    whole = {"path": "args.a", "op": "eq", "value": 1, **members}
    rules = {"require": [{"conditions": [whole]}]}
    return json.dumps({"version": "1", "default": "deny", "tools": {"t": rules}}).encode()


def limit(**members: Any) -> bytes:
    rules = {"limits": [{"counter": "c", "max": 1, "window": "day", **members}]}
    return json.dumps({"version": "1", "default": "deny", "tools": {"t": rules}}).encode()


def yaml_value(value: str) -> bytes:
    head = 'version: "1"\ndefault: deny\ntools:\n  t:\n    require:\n    - conditions:\n      - path: args.a\n'
    return f"{head}        op: exists\n        value: {value}\n".encode()


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join([f'*{chr(97 + level)}'] * 9)}]\n" for level in range(8)
)
AT = "/tools/t/require/0/conditions/0"

#: File name, content, then code, line, column and pointer of each diagnostic in order.
BAD: dict[str, tuple[str, bytes, list[tuple[str, int, int, str | None]]]] = {
    "not JSON": ("p.json", b"permit (principal);", [("SRC02", 1, 1, None)]),
    "two values": ("p.json", GOOD.encode() + b"\n{}", [("SRC02", 2, 1, None)]),
    "duplicate keys": (
        "p.json",
        b'{"version": "1", "default": "deny",\n "tools": {"t": {},\n  "t": {}}, "default": "allow"}',
        [("SCH03", 3, 3, "/tools/t"), ("SCH03", 3, 13, "/default")],
    ),
    "trailing comma": ("p.json", b'{"version": "1",\n "default": "deny",\n}', [("SRC02", 2, 19, None)]),
    "NaN": ("p.json", b'{"version": NaN}', [("SRC02", 1, 13, None)]),
    "lone surrogate": (
        "p.json",
        rb'{"version": "1", "default": "deny", "hide": ["\ud83d\ude00", "a\ud800b"]}',
        [("SRC04", 1, 64, "/hide/1")],
    ),
    "number out of range": ("p.json", b'{"x": 1e400}', [("SRC05", 1, 7, "/x")]),
    "integer of 4,301 digits": ("p.json", b'{"x": -' + b"9" * 4301 + b"}", [("SRC05", 1, 7, "/x")]),
    "deep JSON": ("p.json", b"[" * 100_000, [("SRC03", 1, 201, None)]),
    "deep YAML": ("p.yaml", b"[" * 100_000, [("SRC03", 1, 201, None)]),
    "deep indented YAML": ("p.yaml", b"- " * 100_000, [("SRC03", 1, 401, None)]),
    "billion laughs": ("p.yaml", LAUGHS.encode(), [("SRC03", 6, 40, "/f/8")]),
    "alias inside itself": ("p.yaml", b"a: &a\n  - *a\n", [("SRC06", 2, 5, "/a/0")]),
    "YAML date": ("p.yaml", b'version: "1"\ndefault: 2026-01-31\n', [("SCH02", 2, 10, "/default")]),
    "YAML tag": ("p.yaml", b'version: !!binary "1"\ndefault: deny\n', [("SRC06", 1, 10, "/version")]),
    "YAML merge key": ("p.yaml", b"a: &a {b: 1}\nc:\n  <<: *a\n", [("SRC06", 3, 3, "/c/<<")]),
    "YAML on": ("p.yaml", yaml_value("on"), [("SCH04", 9, 16, f"{AT}/value")]),
    "two YAML documents": ("p.yaml", b"a: 1\n---\nb: 1\n", [("SRC06", 2, 1, None)]),
    "list as YAML key": ("p.yaml", b"? [a]\n: b\n", [("SRC06", 1, 3, "")]),
    "YAML infinity": ("p.yaml", yaml_value(".inf"), [("SRC05", 9, 16, f"{AT}/value")]),
    "empty JSON": ("p.json", b"", [("SRC02", 1, 1, None)]),
    "empty YAML": ("p.yaml", b"# nothing\n", [("SRC02", 1, 1, None)]),
    "invalid UTF-8": ("p.json", b'{\n "\xc3\xa9\xff": 1}', [("SRC01", 2, 4, None)]),
    "unknown operator": ("p.json", condition(op="=="), [("SCH04", 1, 106, f"{AT}/op")]),
    "wrong operand": ("p.json", condition(op="in", value="usd"), [("SCH04", 1, 121, f"{AT}/value")]),
    "text for a number": ("p.json", condition(op="lt", value="5"), [("SCH04", 1, 121, f"{AT}/value")]),
    "boolean for a number": ("p.json", condition(op="lt", value=True), [("SCH04", 1, 121, f"{AT}/value")]),
    "look-ahead": ("p.json", condition(op="regex", value="(?=a)"), [("SCH24", 1, 125, f"{AT}/value")]),
    "args alone": ("p.json", condition(path="args"), [("SCH23", 1, 90, f"{AT}/path")]),
    "empty segment": ("p.json", condition(path="args..a"), [("SCH23", 1, 90, f"{AT}/path")]),
    "list index": ("p.json", condition(path="args.a[0]"), [("SCH23", 1, 90, f"{AT}/path")]),
    "max of 0": ("p.json", limit(max=0), [("SCH25", 1, 88, "/tools/t/limits/0/max")]),
    "fraction of calls": ("p.json", limit(max=1.5), [("SCH25", 1, 88, "/tools/t/limits/0/max")]),
    "week": ("p.json", limit(window="week"), [("SCH25", 1, 101, "/tools/t/limits/0/window")]),
    "window of true": ("p.json", limit(window=True), [("SCH25", 1, 101, "/tools/t/limits/0/window")]),
    "unknown version": ("p.json", b'{"version": "2", "default": "deny"}', [("SCH02", 1, 13, "/version")]),
    "number as version": ("p.yaml", b"version: 1\ndefault: deny\n", [("SCH02", 1, 10, "/version")]),
    "nothing but braces": ("p.json", b"{}", [("SCH02", 1, 1, ""), ("SCH02", 1, 1, "")]),
    "wallet policy": ("p.json", b'{"type": "spending", "maxAmount": 5}', [("SCH20", 1, 22, "/maxAmount")]),
    "Intercept": ("p.yaml", b'version: "1"\nrules:\n- name: x\n', [("SCH20", 2, 1, "/rules")]),
    "Intercept rules of a tool": (
        "p.yaml",
        b'version: "1"\ndefault: allow\ntools:\n  t:\n    rules:\n    - name: x\n',
        [("SCH20", 5, 5, "/tools/t/rules")],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_located_and_exits_with_1(run: Run, tmp_path: Path, name: str) -> None:
    file, content, expected = BAD[name]
    (tmp_path / file).write_bytes(content)
    result = run(["validate", "--format", "json", file], cwd=tmp_path)
    report = json.loads(result.stdout)
    REPORT.validate(report)
    found = [
        (entry["code"], entry["span"]["start"]["line"], entry["span"]["start"]["column"], entry["pointer"])
        for entry in report["diagnostics"]
    ]
    assert (found, result.code, report["exit"], result.stderr) == (expected, 1, 1, "")
    assert all(entry["help"] for entry in report["diagnostics"])


@pytest.mark.parametrize("name", BAD)
def test_every_report_of_bad_input_is_text_too(run: Run, tmp_path: Path, name: str) -> None:
    file, content, expected = BAD[name]
    (tmp_path / file).write_bytes(content)
    shown = run(["validate", file], cwd=tmp_path)
    concise = run(["validate", file, "--format", "concise"], cwd=tmp_path)
    assert (shown.code, concise.code) == (1, 1)
    for code, line, column, _ in expected:
        assert f"--> {file}:{line}:{column}\n" in shown.stdout
        assert f"{file}:{line}:{column}: error[{code}] " in concise.stdout
    assert "checked 1 policy" in shown.stdout.splitlines()[-1]
    assert max(map(len, shown.stdout.splitlines())) < 250


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_another_encoding_is_named(run: Run, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "p.json").write_bytes(GOOD.encode(encoding))
    result = run(["validate", "p.json", "--format", "concise"], cwd=tmp_path)
    assert result.code == 1
    assert f"p.json: error[SRC01] the file is {encoding[:6].upper()}, not UTF-8" in result.stdout


LEGAL = {
    "CR LF": GOOD.replace(" ", "\r\n").encode(),
    "byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "integer of 40 digits": condition(value=10**39),
    "zero character": condition(value="a\u0000b"),
    "odd tool names": json.dumps(
        {
            "version": "1",
            "default": "deny",
            "tools": {name: {} for name in ("", "a.b", "a/b~c", "a b", "😀", "\x1b[31m", "[red]x[/]", "::error::")},
        }
    ).encode(),
    "short forms": b'{"version": "1", "default": "deny", "tools": {"t": {"action": "deny", "reason": "no", '
    b'"rate_limit": {"max": 5, "window": "hour"}}}}',
}


@pytest.mark.parametrize("name", LEGAL)
def test_what_is_legal_is_valid(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "p.json").write_bytes(LEGAL[name])
    result = run(["validate", "p.json"], cwd=tmp_path)
    assert (result.code, result.stdout.splitlines()[0]) == (0, "no problems")


def test_shipped_policies_are_valid(run: Run) -> None:
    policies = sorted((ROOT / "fixtures" / "policies").iterdir())
    result = run(["validate", *policies])
    assert (result.code, result.stdout.splitlines()[0]) == (0, "no problems")


def test_a_broken_file_does_not_silence_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "wrong.yaml").write_text("version: 1\ndefault: deny\n")
    (tmp_path / "good.json").write_text(GOOD)
    result = run(["validate", "broken.json", "wrong.yaml", "good.json", "--format", "concise"], cwd=tmp_path)
    assert result.code == 1
    assert [line.split(" ")[0] for line in result.stdout.splitlines()] == ["broken.json:1:1:", "wrong.yaml:1:10:", "2"]
    assert result.stdout.splitlines()[-1] == "2 errors · checked 3 policies · 1 tool"


def test_a_missing_file_does_not_silence_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text(GOOD)
    result = run(["validate", "polcy.json", "policy.json", "--format", "json"], cwd=tmp_path)
    assert (result.code, json.loads(result.stdout)["exit"]) == (2, 2)
    assert result.stderr == "error: no such file `polcy.json`\nhint: did you mean `policy.json`?\n"


def test_a_directory_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    result = run(["validate", "policies"], cwd=tmp_path)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: `policies` is a directory\n")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(GOOD)
    (tmp_path / "p.json").chmod(0)
    assert run(["validate", "p.json"], cwd=tmp_path).code == 2


def test_standard_input_is_a_file_like_others(run: Run, tmp_path: Path) -> None:
    assert run(["validate", "-"], stdin=GOOD, cwd=tmp_path).code == 0
    named = run(["validate", "-", "--stdin-filename", "x.yml", "--format", "concise"], stdin="a: [", cwd=tmp_path)
    assert (named.code, named.stdout.split(":")[0]) == (1, "x.yml")


def test_without_a_name_the_policy_of_the_directory_is_checked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("version: '1'\ndefault: deny\n")
    result = run(["validate"], cwd=tmp_path)
    assert (result.code, result.stdout) == (0, "no problems\nchecked 1 policy · 0 tools\n")
    (tmp_path / "policy.yaml").unlink()
    assert run(["validate"], cwd=tmp_path).code == 2


def test_a_report_holds_no_absolute_path(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text("{")
    for form in ("text", "concise", "json"):
        result = run(["validate", str(tmp_path / "p.json"), "--format", form], cwd=tmp_path)
        assert str(tmp_path) not in result.stdout


def test_a_dialect_is_a_warning_and_no_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_bytes(limit(window=60))
    result = run(["validate", "p.json", "--dialect", "policylayer", "--format", "concise"], cwd=tmp_path)
    assert result.code == 0
    assert "p.json:1:91: warning[SCH40] a window in seconds is unknown to the gateway" in result.stdout


def test_text_from_a_file_cannot_command_a_terminal_or_a_runner(run: Run, tmp_path: Path) -> None:
    evil = "\x1b]0;x\x07\u202e\u200b\x9b\r\n::error::[red]"
    tools = {evil: {evil: 1}}
    (tmp_path / "p.json").write_text(json.dumps({"version": "1", "default": evil, "tools": tools}, ensure_ascii=False))
    for form in ("text", "concise"):
        shown = run(["validate", "p.json", "--format", form], cwd=tmp_path).stdout
        assert not set("\x1b\x07\u202e\u200b\x9b\r") & set(shown)
        assert not [line for line in shown.splitlines() if line.lstrip().startswith("::")]


def test_colour_comes_only_when_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text("{")
    assert "\x1b[" not in run(["validate", "p.json"], cwd=tmp_path).stdout
    assert "\x1b[1;31merror[SRC02]\x1b[0m" in run(["validate", "p.json", "--color", "always"], cwd=tmp_path).stdout


def test_one_run_feeds_several_formats(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(GOOD)
    result = run(["validate", "p.json", "--output", "json=report.json"], cwd=tmp_path)
    assert result.stdout.startswith("no problems")
    REPORT.validate(json.loads((tmp_path / "report.json").read_text("utf-8")))


def test_a_valid_json_policy_imports_no_heavy_library(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(GOOD)
    script = (
        "import sys; from policyctl.cli.main import main; code = main(['validate', 'p.json']);"
        "heavy = {'rich', 'yaml', 'jsonschema', 'deepdiff', 'msgspec', 're2', 'tree_sitter', 'jinja2'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_revision_of_the_repository_can_be_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text("version: 1\ndefault: deny\n")
    author = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "policy.yaml"], [*author, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "policy.yaml").write_text("version: '1'\ndefault: deny\n")
    assert run(["validate", "policy.yaml"], cwd=tmp_path).code == 0
    result = run(["validate", "HEAD:policy.yaml", "--format", "concise"], cwd=tmp_path)
    assert (result.code, result.stdout.split(" ")[0]) == (1, "HEAD:policy.yaml:1:10:")


def test_a_report_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text(
        '{"a": 1, "b": 2, "version": 1, "hide": {}, "tools": {"t": {"x": 1, "denyif": 2}}}'
    )
    reports = {
        subprocess.run(
            [sys.executable, "-m", "policyctl", "validate", "p.json", "--format", "json"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=False,
        ).stdout
        for hash_seed in ("0", "1", "42")
    }
    assert len(reports) == 1
