from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from policyctl.model.catalog import Catalog
from policyctl.report.catalog.show.json import render

if TYPE_CHECKING:
    from tests.report.catalog.conftest import Show

Published = Callable[[str], Any]


def test_the_tables_conform_to_the_published_schema(
    bank: Catalog, hostile: Catalog, show: Show, published: Published
) -> None:
    report = published(render(show(bank, hostile), 0))
    assert report["catalogs"][0]["categories"] == {
        "Read": 3,
        "Write": 1,
        "Execute": 1,
        "Destructive": 1,
        "Financial": 1,
    }
    assert [tool["name"] for tool in report["tools"]][:3] == ["create_transfer", "delete_payee", "run_report"]
    assert report["page"] is None


def test_every_page_conforms_to_the_published_schema(
    bank: Catalog, hostile: Catalog, show: Show, published: Published
) -> None:
    for catalog in (bank, hostile):
        for name in catalog.tools:
            page = published(render(show(catalog, tool=name), 0))["page"]
            assert [each["profile"] for each in page["recommended"]] == ["tool-page", "server-page", "strict"]
            assert page["attacks"]


def test_texts_of_a_server_stay_as_they_are_for_programs(hostile: Catalog, show: Show, published: Published) -> None:
    assert [tool["name"] for tool in published(render(show(hostile), 0))["tools"]] == [
        entry.tool.name for entry in show(hostile).entries
    ]
