"""Which tools count as renamed: the same but for the name, or much alike and each the other's only best match."""

from __future__ import annotations

from typing import Any

import pytest

from policyctl.catalog.drift import Kind, drift
from tests.catalog.listings import catalog_of


def tool(name: str, description: str = "", *arguments: str) -> dict[str, Any]:
    properties = {argument: {"type": "string"} for argument in arguments}
    return {"name": name, "description": description, "inputSchema": {"type": "object", "properties": properties}}


def renamed(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[tuple[str, str]]:
    found = drift(catalog_of(before), catalog_of(after)).of(Kind.RENAMED)
    return [(change.before.name, change.tool.name) for change in found if change.before]


LONG = "Sends a message to a channel and returns its time"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([tool("drop", "Drops it.", "a")], [tool("remove", "Drops it.", "a")], [("drop", "remove")]),
        ([tool("send", LONG, "to", "text")], [tool("post", f"{LONG} stamp", "to", "text")], [("send", "post")]),
        ([tool("send", LONG, "to", "text")], [tool("post", LONG, "to", "body")], []),
        ([tool("send_text", LONG, "to", "text")], [tool("send_message", LONG, "to", "text", "at")], []),
        ([tool("drop", "Drops it.", "a")], [tool("look", "Looks it up.", "b")], []),
        ([{"name": "a"}], [{"name": "b"}], []),
        ([tool("x", "Same.", "a"), tool("y", "Same.", "a")], [tool("z", "Same.", "a")], []),
        ([tool("x", "Same.", "a")], [tool("y", "Same.", "a"), tool("z", "Same.", "a")], []),
        ([tool("get_a", LONG, "k")], [tool("get_b", LONG + " now", "k"), tool("get_c", LONG + " then", "k")], []),
        ([tool("sendText", LONG, "to")], [tool("send_text", LONG, "to")], [("sendText", "send_text")]),
    ],
)
def test_a_tool_comes_back_under_another_name(
    before: list[dict[str, Any]], after: list[dict[str, Any]], expected: list[tuple[str, str]]
) -> None:
    assert renamed(before, after) == expected
    assert renamed(after, before) == [(new, old) for old, new in expected]


def test_what_the_two_have_in_common_is_said_and_the_differences_are_listed() -> None:
    (change,) = drift(
        catalog_of([tool("send", LONG, "to", "text")]), catalog_of([tool("post", f"{LONG} stamp", "to", "text")])
    ).changes
    assert change.alike is not None
    assert 0.75 <= change.alike < 1
    assert [difference.part.value for difference in change.differences] == ["description"]


def test_a_server_that_prefixes_all_its_tools_renames_them_all() -> None:
    tools = [tool(f"t{number}", f"Does the thing {number}.", f"a{number}") for number in range(300)]
    found = drift(catalog_of(tools), catalog_of([{**each, "name": f"shop_{each['name']}"} for each in tools]))
    assert {change.kind for change in found.changes} == {Kind.RENAMED}
    assert len(found.changes) == 300
