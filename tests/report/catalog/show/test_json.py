from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from policyctl.model.catalog import Catalog
from policyctl.report.catalog.show.json import render

if TYPE_CHECKING:
    from tests.report.catalog.conftest import Show

Published = Callable[[str], Any]


def test_the_tables_conform_to_the_published_schema(
    exchange: Catalog, hostile: Catalog, show: Show, published: Published
) -> None:
    report = published(render(show(exchange, hostile), 0))
    assert report["catalogs"][0]["categories"] == {"Read": 17, "Write": 1, "Financial": 12}
    assert [tool["risk"] for tool in report["tools"][:12]] == ["Critical"] * 12
    assert report["page"] is None


def test_every_page_conforms_to_the_published_schema(
    exchange: Catalog, hostile: Catalog, show: Show, published: Published
) -> None:
    for catalog in (exchange, hostile):
        for name in catalog.tools:
            page = published(render(show(catalog, tool=name), 0))["page"]
            assert [each["profile"] for each in page["recommended"]] == ["tool-page", "server-page", "strict"]
            assert page["attacks"]


def test_texts_of_a_server_stay_as_they_are_for_programs(hostile: Catalog, show: Show, published: Published) -> None:
    assert [tool["name"] for tool in published(render(show(hostile), 0))["tools"]] == [
        entry.tool.name for entry in show(hostile).entries
    ]
