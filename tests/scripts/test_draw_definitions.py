"""The draw of definitions for people to judge: whom it considers, and that it is always the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from policyctl.engine.canonical import digest

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "draw_definitions.py"


def tools(server: str, count: int) -> list[dict[str, Any]]:
    return [{"server": server, "name": f"tool_{number}", "description": f"Of {server}."} for number in range(count)]


def write(folder: Path, name: str, lines: Iterable[Mapping[str, Any]]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def draw(folder: Path, *options: str) -> str:
    command = [sys.executable, str(SCRIPT), str(folder), *options]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def drawn(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in draw(folder).splitlines()]


def test_the_order_of_files_and_lines_does_not_matter(tmp_path: Path) -> None:
    catalogs = {"a.jsonl": tools("alpha", 300), "b.jsonl": tools("beta", 90)}
    for name, lines in catalogs.items():
        write(tmp_path / "one", name, lines)
    for name, lines in reversed(catalogs.items()):
        write(tmp_path / "other", name, reversed(lines))
    assert draw(tmp_path / "one") == draw(tmp_path / "other")


def test_150_are_shared_out_by_the_root_of_the_size_and_the_smallest_keep_six(tmp_path: Path) -> None:
    for name, count in (("big", 1_600), ("middle", 900), ("small", 8), ("tiny", 4)):
        write(tmp_path, f"{name}.jsonl", tools(name, count))
    assert Counter(row["server"] for row in drawn(tmp_path)) == {"big": 80, "middle": 60, "small": 6, "tiny": 4}


def test_a_tool_that_says_nothing_but_its_name_and_a_line_about_a_server_are_left_out(tmp_path: Path) -> None:
    lines: list[dict[str, Any]] = [
        {"server": "s", "name": "bare"},
        {"server": "s", "name": "empty", "description": "", "inputSchema": {}},
        {"server": "s", "name": "schema", "inputSchema": {"type": "object"}},
        {"server": "s", "category": "database"},
    ]
    write(tmp_path, "s.jsonl", lines)
    assert [row["name"] for row in drawn(tmp_path)] == ["schema"]


def test_what_two_files_list_word_for_word_is_drawn_once(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", tools("s", 3))
    write(tmp_path, "b.jsonl", [*tools("s", 3), {"server": "s", "name": "tool_0", "description": "Another."}])
    assert [(row["file"], row["name"]) for row in drawn(tmp_path)] == [
        ("a.jsonl", "tool_0"),
        ("a.jsonl", "tool_1"),
        ("a.jsonl", "tool_2"),
        ("b.jsonl", "tool_0"),
    ]


def test_the_digest_covers_what_the_definition_says_and_not_where_it_stands(tmp_path: Path) -> None:
    content: dict[str, Any] = {
        "name": "t",
        "description": "d",
        "inputSchema": {"type": "object"},
        "annotations": {"title": "T"},
    }
    write(tmp_path, "a.jsonl", [{"server": "s", "source": "somewhere", "license": "MIT", **content}])
    (row,) = drawn(tmp_path)
    assert row == {"server": "s", "name": "t", "file": "a.jsonl", "digest": digest(content)}


def test_the_whole_definition_is_printed_for_reading(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", tools("s", 1))
    head, _, definition = draw(tmp_path, "--full").partition("\n")
    assert json.loads(head)["name"] == "tool_0"
    assert json.loads(definition) == {"name": "tool_0", "description": "Of s."}
