"""Tools of a server that belong together."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyctl.catalog.load import read_catalogs
from policyctl.catalog.related import MOST, Neighbourhood
from policyctl.model.catalog import Catalog, Category, Tool

CODE_HOST = Path(__file__).parents[2] / "fixtures" / "tool-catalogs" / "code-host.json"


def of(*names: str, writes: str = "create delete update") -> Neighbourhood:
    tools = {
        name: Tool(name, "", category=Category.WRITE if name.split("_")[0] in writes.split() else Category.READ)
        for name in names
    }
    return Neighbourhood.of(Catalog("1", "s", "s", tools=tools))


def near(neighbourhood: Neighbourhood, name: str) -> list[str]:
    return [f"{each.tool.name} {each.relation}" for each in neighbourhood.related(neighbourhood.catalog.tools[name])]


def test_the_read_that_goes_with_a_write_comes_first() -> None:
    tools = of("list_issues", "create_issue", "update_issue", "list_users", "get_time")
    assert near(tools, "create_issue") == [
        "list_issues reads what this one changes",
        "update_issue is about the same thing",
    ]
    assert near(tools, "list_issues")[0] == "create_issue changes what this one reads"


def test_a_tool_that_speaks_of_nothing_else_has_no_relatives() -> None:
    assert near(of("get_time", "list_users"), "get_time") == []
    assert near(of("", "list"), "") == []


def test_the_name_of_the_service_says_nothing() -> None:
    tools = of(*(f"list_acme_{thing}" for thing in ("pens", "cups", "hats", "keys")), "create_acme_pen")
    assert near(tools, "create_acme_pen") == ["list_acme_pens reads what this one changes"]


def test_a_shipped_catalog_shows_what_belongs_together() -> None:
    (catalog,) = read_catalogs("c", CODE_HOST.read_bytes()).catalogs
    found = Neighbourhood.of(catalog).related(catalog.tools["delete_file"])
    assert {related.tool.name for related in found} >= {"get_file_contents", "create_or_update_file"}
    assert len(found) <= MOST


@pytest.mark.parametrize("count", [3, 400])
def test_many_tools_about_one_thing_are_cut_to_a_few(count: int) -> None:
    tools = of(*(f"get_order_{chr(97 + n // 26)}{chr(97 + n % 26)}x" for n in range(count)))
    assert len(near(tools, "get_order_aax")) <= MOST
