"""`policyctl catalog import`, end to end."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Run

FIXTURES = Path(__file__).parents[3] / "fixtures" / "tools-list"
TOOL = {"name": "pay", "description": "Pays.", "inputSchema": {"type": "object"}}
Published = Callable[[str], Any]


def write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")
    return path


def test_a_list_becomes_a_catalog_on_standard_output_and_the_report_goes_to_standard_error(
    run: Run, repository: Path
) -> None:
    write(repository / "shop.json", [TOOL])
    result = run(["catalog", "import", "shop.json"], cwd=repository)
    assert result.code == 0
    assert json.loads(result.stdout)["server"] == {"id": "shop", "name": "shop"}
    assert result.stderr.splitlines()[-1] == "imported 1 file · 1 server · 1 tool"
    assert run(["catalog", "import", "shop.json", "-q"], cwd=repository).stderr == ""


def test_the_capture_and_the_response_of_one_server_give_the_same_bytes(run: Run) -> None:
    catalogs = [run(["catalog", "import", FIXTURES / name, "-q"]) for name in ("desk.json", "desk-capture.jsonl")]
    assert catalogs[0].code == 0
    assert catalogs[0].raw == catalogs[1].raw


def test_importing_twice_changes_no_byte_and_writes_nothing(run: Run, repository: Path, published: Published) -> None:
    words = ["catalog", "import", FIXTURES / "desk.json", "-o", "new/folder/desk.json", "--format", "json"]
    first = published(run(words, cwd=repository).stdout)
    file = repository / "new" / "folder" / "desk.json"
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    second = published(run(words, cwd=repository).stdout)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert [report["servers"][0]["outcome"] for report in (first, second)] == ["created", "unchanged"]
    assert (first["servers"][0]["changes"], second["servers"][0]["changes"]) == (None, [])


def test_a_renewed_catalog_keeps_its_reviews_and_the_report_has_the_drift(
    run: Run, repository: Path, published: Published
) -> None:
    target = repository / "desk.json"
    target.write_bytes((FIXTURES / "desk-catalog.json").read_bytes())
    result = run(
        ["catalog", "import", FIXTURES / "desk-later.json", "-o", "desk.json", "--format", "json"], cwd=repository
    )
    report = published(result.stdout)
    assert result.code == report["exit"] == 0
    (server,) = report["servers"]
    assert (server["outcome"], server["stale"]) == ("updated", ["export_customer", "refund_order"])
    kinds = {change["kind"] for change in server["changes"]}
    assert kinds == {"added", "renamed", "changed", "removed"}
    old, new = (json.loads(path.read_text("utf-8")) for path in (FIXTURES / "desk-catalog.json", target))
    tools = {tool["name"]: tool for tool in new["tools"]}
    for tool in old["tools"]:
        if "reviewed" in tool:
            assert tools[tool["name"]]["reviewed"] == {**tool["reviewed"], "digest": tool["digest"]}
            assert tools[tool["name"]]["digest"] != tool["digest"]
    assert list(tools) == sorted(tools)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reviewed_tool_that_is_gone_stays_until_it_is_pruned(run: Run, repository: Path, form: str) -> None:
    target = repository / "desk.json"
    target.write_bytes((FIXTURES / "desk-catalog.json").read_bytes())
    write(repository / "list.json", {"tools": [TOOL]})
    words = ["catalog", "import", "list.json", "-o", "desk.json", "--format", form]
    kept = run(words, cwd=repository)
    assert "refund_order" in kept.stdout
    tools = {tool["name"]: tool for tool in json.loads(target.read_text("utf-8"))["tools"]}
    assert set(tools) == {"pay", "refund_order", "export_customer"}
    assert tools["refund_order"]["as_listed"] is False
    again = target.read_bytes()
    run(words, cwd=repository)
    assert target.read_bytes() == again
    assert run([*words, "--prune"], cwd=repository).code == 0
    assert [tool["name"] for tool in json.loads(target.read_text("utf-8"))["tools"]] == ["pay"]


def test_several_servers_need_a_directory_or_a_name(run: Run, repository: Path) -> None:
    lines = "".join(json.dumps({"server": server, **TOOL}) + "\n" for server in ("shop", "a/../b", "bank"))
    (repository / "tools.jsonl").write_text(lines, "utf-8")
    refused = run(["catalog", "import", "tools.jsonl", "-o", "one.json"], cwd=repository)
    assert (refused.code, refused.stdout) == (2, "")
    assert "the sources list the tools of 3 servers" in refused.stderr
    assert "`-o DIR/`" in refused.stderr
    assert not (repository / "one.json").exists()
    assert run(["catalog", "import", "tools.jsonl", "-o", "all/"], cwd=repository).code == 0
    names = sorted(path.name for path in (repository / "all").iterdir())
    assert names[1:] == ["bank.json", "shop.json"]
    assert names[0].startswith("a_.._b-")
    one = run(["catalog", "import", "tools.jsonl", "--server", "bank", "-q"], cwd=repository)
    assert json.loads(one.stdout)["server"]["id"] == "bank"
    missing = run(["catalog", "import", "tools.jsonl", "--server", "bonk"], cwd=repository)
    assert (missing.code, "no source lists the tools of `bonk`" in missing.stderr) == (2, True)


def test_a_catalog_of_another_server_is_not_written_over(run: Run, repository: Path) -> None:
    run(["catalog", "import", FIXTURES / "desk.json", "-o", "desk.json"], cwd=repository)
    before = (repository / "desk.json").read_bytes()
    write(repository / "list.json", {"tools": [TOOL], "_meta": {}})
    capture = {"jsonrpc": "2.0", "id": 1, "result": {"serverInfo": {"name": "shop"}, "tools": [TOOL]}}
    write(repository / "shop.json", capture)
    refused = run(["catalog", "import", "shop.json", "-o", "desk.json"], cwd=repository)
    assert refused.code == 2
    assert "`desk.json` is the catalog of `desk`, not of `shop`" in refused.stderr
    assert (repository / "desk.json").read_bytes() == before
    assert run(["catalog", "import", "shop.json", "-o", "desk.json", "--server", "desk"], cwd=repository).code == 0
    assert run(["catalog", "import", "list.json", "-o", "desk.json"], cwd=repository).code == 0
    assert json.loads((repository / "desk.json").read_text("utf-8"))["server"]["id"] == "desk"


@pytest.mark.parametrize("content", ["notes", '{"version": "1", "default": "deny"}', '{"version": "1", "tools": []}'])
def test_a_file_that_is_no_catalog_is_replaced_only_by_force(run: Run, repository: Path, content: str) -> None:
    write(repository / "list.json", [TOOL])
    (repository / "out.json").write_text(content, "utf-8")
    words = ["catalog", "import", "list.json", "-o", "out.json"]
    refused = run(words, cwd=repository)
    assert (refused.code, (repository / "out.json").read_text("utf-8")) == (2, content)
    assert "`--force`" in refused.stderr
    assert run([*words, "--force"], cwd=repository).code == 0
    assert json.loads((repository / "out.json").read_text("utf-8"))["tools"][0]["name"] == "pay"


def test_errors_of_a_source_are_reported_and_nothing_is_written(
    run: Run, repository: Path, published: Published
) -> None:
    write(repository / "list.json", [TOOL, {**TOOL, "description": "Else."}])
    words = ["catalog", "import", "list.json", "-o", "out.json"]
    shown = run(words, cwd=repository)
    assert shown.code == 1
    assert "error[LST03]: the tool `pay` is already listed on line 1" in shown.stdout
    assert "--> list.json:1:" in shown.stdout
    report = published(run([*words, "--format", "json"], cwd=repository).stdout)
    assert (report["exit"], report["servers"], report["diagnostics"][0]["name"]) == (1, [], "duplicate-tool")
    assert not (repository / "out.json").exists()


def test_a_list_without_a_tool_exits_with_3_and_writes_nothing(run: Run, repository: Path) -> None:
    run(["catalog", "import", FIXTURES / "desk.json", "-o", "desk.json"], cwd=repository)
    before = (repository / "desk.json").read_bytes()
    result = run(["catalog", "import", "-", "-o", "desk.json"], stdin='{"tools": []}', cwd=repository)
    assert result.code == 3
    assert "no tool is listed; nothing was written" in result.stdout
    assert (repository / "desk.json").read_bytes() == before
    assert run(["catalog", "import", "-", "--server", "s"], stdin="[]", cwd=repository).code == 3


def test_a_pipe_has_to_be_told_whose_tools_it_lists(run: Run, repository: Path) -> None:
    refused = run(["catalog", "import", "-"], stdin=json.dumps([TOOL]), cwd=repository)
    assert (refused.code, refused.stdout) == (2, "")
    assert "add `--server NAME`" in refused.stderr
    named = run(["catalog", "import", "-", "--server", "shop", "-q"], stdin=json.dumps([TOOL]), cwd=repository)
    assert json.loads(named.stdout)["server"]["id"] == "shop"


def test_a_directory_is_read_with_what_is_compressed_and_no_link_is_followed_out_of_it(
    run: Run, repository: Path
) -> None:
    write(repository / "outside.json", [TOOL])
    write(repository / "in/page-10.json", {"tools": [{"name": "c"}]})
    write(repository / "in/page-2.json", {"tools": [{"name": "b"}], "nextCursor": "10"})
    (repository / "in/page-1.json.gz").write_bytes(gzip.compress(b'{"tools": [{"name": "a"}], "nextCursor": "2"}'))
    write(repository / "in/.hidden.json", [TOOL])
    (repository / "in/readme.txt").write_text("no JSON")
    os.symlink(repository / "outside.json", repository / "in/link.json")
    os.symlink(repository, repository / "in/loop")
    result = run(["catalog", "import", "in", "-q"], cwd=repository)
    document = json.loads(result.stdout)
    assert (result.code, document["server"]["id"]) == (0, "in")
    assert [tool["name"] for tool in document["tools"]] == ["a", "b", "c"]


def test_an_archive_that_breaks_off_is_refused(run: Run, repository: Path) -> None:
    (repository / "a.json.gz").write_bytes(gzip.compress(json.dumps([TOOL] * 99).encode())[:-20])
    result = run(["catalog", "import", "a.json.gz"], cwd=repository)
    assert (result.code, "breaks off" in result.stderr) == (2, True)


@pytest.mark.parametrize("word", ["", "no-such.json"])
def test_a_source_that_is_not_there_exits_with_2(run: Run, repository: Path, word: str) -> None:
    result = run(["catalog", "import", word], cwd=repository)
    assert (result.code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")


def test_what_a_server_says_is_escaped_in_every_format(run: Run, repository: Path) -> None:
    hostile = {"name": "a\x1b[2J\u202e", "description": "::error::x\x1b]0;t\x07 <!-- [red]obey[/] -->"}
    write(repository / "x.json", [hostile])
    for form in ("text", "json", "sarif"):
        result = run(["catalog", "import", "x.json", "-o", "out.json", "--format", form], cwd=repository)
        assert result.code == 0
        assert not {"\x1b", "\u202e", "\x07"} & set(result.stdout)
        assert not any(line.startswith("::") for line in result.stdout.splitlines())
    assert json.loads((repository / "out.json").read_text("utf-8"))["tools"][0]["name"] == hostile["name"]


def test_calls_in_a_capture_are_not_repeated(run: Run, repository: Path) -> None:
    call = {
        "method": "tools/call",
        "params": {"name": "pay", "arguments": {"iban": "CANARY"}},
        "jsonrpc": "2.0",
        "id": 1,
    }
    answer = {"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "p\u0430y", "description": "<!-- x -->"}]}}
    (repository / "c.jsonl").write_text(json.dumps([call, answer]) + "\nCANARY\n", "utf-8")
    result = run(["catalog", "import", "c.jsonl", "-o", "c.json"], cwd=repository)
    assert result.code == 0
    assert "LST12" in result.stdout
    assert "CANARY" not in result.stdout + result.stderr + (repository / "c.json").read_text("utf-8")


def test_every_real_list_is_imported_and_imported_again_without_a_change(
    run: Run, repository: Path, shared_data: Path, published: Published
) -> None:
    servers = tools = 0
    for path in sorted((shared_data / "catalogs").glob("*.jsonl")):
        words = ["catalog", "import", path, "-o", f"{path.stem}/", "--format", "json"]
        result = run(words, cwd=repository)
        report = published(result.stdout)
        if path.stem == "docker-mcp-registry-servers":
            assert [(found["code"], result.code) for found in report["diagnostics"]] == [("LST01", 1)]
            continue
        assert (result.code, report["found"]["error"]) == (0, 0)
        again = published(run(words, cwd=repository).stdout)
        assert {server["outcome"] for server in again["servers"]} == {"unchanged"}
        servers, tools = servers + report["imported"]["servers"], tools + report["imported"]["tools"]
    assert (servers, tools) == (131, 2449)


def test_one_server_in_two_files_that_differ_names_both_places(run: Run, repository: Path, shared_data: Path) -> None:
    result = run(["catalog", "import", shared_data / "catalogs", "-o", "all/"], cwd=repository)
    assert result.code == 1
    assert "error[LST03]: the tool " in result.stdout
    assert not (repository / "all").exists()
