"""Every form in which tools are listed gives the same catalog."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policyctl.catalog.digest import definition_digest
from policyctl.catalog.load import CatalogsReading, SourceFile, read_catalogs, read_sources

B = {"name": "b", "description": "Second.", "inputSchema": {"type": "object"}, "icons": [1], "x-own": None}
A = {"name": "a", "inputSchema": {"type": "object", "properties": {"z": {}, "y": {}}}, "_meta": {"k": 1}}
INFO = {"name": "shop", "title": "The shop", "version": "2.1"}


def read(value: Any, name: str = "shop.json") -> CatalogsReading:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return read_catalogs(name, raw)


def lines(*values: Any) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


def rpc(result: Any, id: int = 1) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id, "result": result}


def request(method: str, id: int = 1, **params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": params}


DISCOVERED = {"supportedVersions": ["2026-07-28"], "_meta": {"io.modelcontextprotocol/serverInfo": INFO}}
FORMS: dict[str, Any] = {
    "a bare result": {"tools": [B, A]},
    "a bare result of 2026": {"tools": [B, A], "ttlMs": 1, "cacheScope": "public", "resultType": "complete"},
    "a response": rpc({"tools": [B, A], "nextCursor": None}),
    "a response without its head": {"id": 1, "result": {"tools": [B, A]}},
    "an array": [B, A],
    "lines of tools": lines(B, A),
    "lines of tools that name their server": lines({"server": "shop", **B}, {"server": "shop", **A}),
    "an array on one line of several": lines([B], [A]),
    "two pages": lines(rpc({"tools": [B], "nextCursor": "2"}), rpc({"tools": [A]}, id=2)),
    "an array of two pages": [rpc({"tools": [B], "nextCursor": "2"}), rpc({"tools": [A]}, id=2)],
    "two bare pages": lines({"tools": [B], "nextCursor": "2"}, {"tools": [A]}),
    "a capture": lines(
        request("initialize"),
        rpc({"protocolVersion": "2025-11-25", "serverInfo": INFO}),
        request("tools/list", 2),
        request("tools/call", 3, name="a", arguments={"tools": [1]}),
        rpc({"tools": [B, A]}, 2),
        rpc({"content": [], "structuredContent": {"tools": [{"name": "c"}]}}, 3),
    ),
    "a capture of 2026": lines(request("server/discover"), rpc(DISCOVERED), rpc({"tools": [B, A]}, 2)),
    "a capture in envelopes": lines(
        {"ts": "t", "dir": "s2c", "message": rpc({"serverInfo": INFO})},
        {"ts": "t", "dir": "s2c", "message": json.dumps(rpc({"tools": [B, A]}))},
        {"ts": "t", "dir": "c2s", "note": "something else"},
    ),
    "a capture in envelopes that name the server": lines(
        {"server": "shop", "payload": rpc({"serverInfo": {"name": "other"}})},
        {"server": "shop", "payload": rpc({"tools": [B, A]})},
    ),
    "an inspector's array": [
        {"direction": "request", "message": request("tools/list"), "response": rpc({"tools": [B, A]})}
    ],
    "a batch": [[rpc({"serverInfo": INFO}), rpc({"tools": [B, A]})]],
    "a list asked for twice": lines(rpc({"tools": [A, B]}), rpc({"tools": [B, A]})),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_tools_in_the_order_of_their_names(form: str) -> None:
    reading = read(FORMS[form])
    (catalog,) = reading.catalogs
    assert reading.diagnostics == ()
    assert catalog.server_id == "shop"
    first, second = catalog.tools.values()
    assert (first.name, first.description, first.input_schema) == ("a", None, A["inputSchema"])
    assert (second.name, second.description, second.fields) == ("b", "Second.", {"icons": [1]})
    assert first.fields == {"_meta": {"k": 1}}
    assert all(tool.digest == definition_digest(tool) for tool in catalog.tools.values())


@pytest.mark.parametrize("form", ["a capture", "a capture of 2026"])
def test_a_server_that_introduces_itself_gives_its_name_and_version(form: str) -> None:
    (catalog,) = read(FORMS[form], "anything.jsonl").catalogs
    assert (catalog.server_id, catalog.server_name, catalog.server_version) == ("shop", "The shop", "2.1")


def test_one_file_may_hold_several_servers() -> None:
    raw = lines({"server": "b", **A}, {"server": "a", **A}, {"server": "b", **B})
    assert {catalog.server_id: list(catalog.tools) for catalog in read(raw).catalogs} == {"a": ["a"], "b": ["a", "b"]}
    raw = lines(rpc({"serverInfo": {"name": "x"}}), rpc({"tools": [A]}), rpc({"serverInfo": INFO}), rpc({"tools": [B]}))
    assert {catalog.server_id: list(catalog.tools) for catalog in read(raw).catalogs} == {"shop": ["b"], "x": ["a"]}


def test_catalogs_may_stand_one_a_line() -> None:
    documents = [{"version": "1", "server": {"id": name, "name": name}, "tools": [A]} for name in ("q", "p")]
    assert [catalog.server_id for catalog in read(lines(*documents)).catalogs] == ["p", "q"]
    reading = read(lines(documents[0], documents[0]))
    (found,) = reading.diagnostics
    assert (found.code, found.pointer, found.span and found.span.start.line) == ("LST05", "/server/id", 2)


@pytest.mark.parametrize(
    ("name", "server"),
    [
        ("a/b/shop.json", "shop"),
        ("shop.tools.jsonl.gz", "shop.tools"),
        ("HEAD:catalogs/shop.json", "shop"),
        ("HEAD:shop.json", "shop"),
        ("-", "stdin"),
        (".json", ".json"),
    ],
)
def test_a_list_that_does_not_say_whose_it_is_is_called_after_its_file(name: str, server: str) -> None:
    assert read([A], name).catalogs[0].server_id == server


def test_pages_in_several_files_are_joined_and_called_after_their_directory() -> None:
    pages = [({"tools": [B], "nextCursor": "2"}, "in/p1.json"), ({"tools": [A]}, "in/p2.json"), ([A], "in/other.json")]
    files = [SourceFile(name, json.dumps(value).encode(), "some/in/") for value, name in pages]
    reading = read_sources(files)
    assert {catalog.server_id: list(catalog.tools) for catalog in reading.catalogs} == {
        "in": ["a", "b"],
        "other": ["a"],
    }
    assert reading.unnamed == {"in", "other"}


def test_what_a_server_says_in_place_of_a_catalog_is_kept_and_not_believed() -> None:
    claims = {"category": "Read", "reviewed": {"by": "me"}, "digest": "sha256:00", "as_listed": 1}
    reading = read([{**A, **claims, "inputSchema": True, "title": None}])
    (tool,) = reading.catalogs[0].tools.values()
    assert (tool.category, tool.reviewed, tool.input_schema) == (None, None, None)
    assert tool.fields["as_listed"] == {**claims, "inputSchema": True}
    assert tool.digest == definition_digest(tool) != read([{"name": "a"}]).catalogs[0].tools["a"].digest
    assert {found.code for found in reading.diagnostics} == {"LST08"}


REAL = {
    "docker-mcp-registry.jsonl": (28, 755),
    "github.jsonl": (1, 117),
    "kubernetes.jsonl": (1, 46),
    "livemcptool.jsonl": (70, 527),
    "mcp-reference-servers.jsonl": (7, 57),
    "playwright.jsonl": (1, 69),
    "sperax-binance.jsonl": (1, 494),
    "stripe.jsonl": (1, 22),
    "tracetools-agentdojo-agentdyn.jsonl": (1, 143),
    "tracetools-bfcl.jsonl": (12, 162),
    "tracetools-tau.jsonl": (2, 30),
    "tracetools-workbench.jsonl": (6, 27),
}


@pytest.mark.parametrize("name", REAL)
def test_real_lists_are_read_with_every_tool_once_and_every_field(shared_data: Path, name: str) -> None:
    raw = (shared_data / "catalogs" / name).read_bytes()
    reading = read_catalogs(name, raw)
    rows = [json.loads(line) for line in raw.splitlines()]
    catalogs = {catalog.server_id: catalog for catalog in reading.catalogs}
    assert (len(catalogs), sum(len(catalog.tools) for catalog in catalogs.values())) == REAL[name]
    for row in rows:
        tool = catalogs[row.pop("server")].tools[row.pop("name")]
        kept: dict[str, Any] = {"inputSchema": tool.input_schema, "description": tool.description}
        kept["annotations"] = tool.annotations
        as_listed: Any = tool.fields.get("as_listed", {})
        kept |= dict(tool.fields) | as_listed
        assert row == {key: kept[key] for key in row}
