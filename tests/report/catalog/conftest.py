"""Catalogs as reports show them: one that is honest and one that means harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from policyctl.catalog.load import read_catalogs
from policyctl.catalog.select import Selection, select, the_tool
from policyctl.cli.catalog.pages import pages
from policyctl.model.catalog import Catalog, Category, Confidence, Evidence, Review, Risk, Tag, Tool
from policyctl.report.catalog.show.result import Shown

FIXTURES = Path(__file__).parents[3] / "fixtures" / "tool-catalogs"

Show: TypeAlias = Callable[..., Shown]

ALL = Selection()

#: Names and texts that try to become something else than text.
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "https://evil.example/x",
    "<!-- --><style>*{}</style>",
    "pay\u202egnp.exe",
    "zero\u200bwidth\U000e0041",
    "{{ 7*7 }}{% raw %}",
    "__proto__",
    "*",
    "",
    "a|b`c`\n# d",
    "::error::x ##[group]",
    "\x1b[31mred\x07",
    "[red]markup[/red]",
    "x" * 3000,
    "it's & \\ \u2028",
)


@pytest.fixture(scope="session")
def hostile() -> Catalog:
    """Every hostile text in every place that a server fills."""
    review = Review(HOSTILE[0], HOSTILE[2], Category.WRITE, Risk.HIGH, HOSTILE[1], "sha256:00")
    tools = {
        name: Tool(
            name,
            f"/tools/{number}",
            title=name,
            description=f"{name} {HOSTILE[1]} {HOSTILE[2]} {name}",
            input_schema={
                "properties": {name: {"type": name, "description": name, "enum": [name, HOSTILE[1]]}, "url": True},
                "required": [name],
            },
            category=list(Category)[number % 5],
            risk=list(Risk)[number % 4],
            tags=frozenset({list(Tag)[number % 8]}),
            confidence=Confidence.LOW,
            evidence=(Evidence(name, name, f"`{name}` {HOSTILE[1]}"),),
            reviewed=review if number % 2 else None,
            digest="sha256:00",
        )
        for number, name in enumerate(HOSTILE)
    }
    return Catalog("1", HOSTILE[2], HOSTILE[0], tools=tools, name="\u202ehostile.json", digest="sha256:<b>")


@pytest.fixture(scope="session")
def exchange() -> Catalog:
    file = FIXTURES / "exchange.json"
    (catalog,) = read_catalogs("exchange.json", file.read_bytes()).catalogs
    return catalog


@pytest.fixture(scope="session")
def show() -> Show:
    """`show(catalog, …, tool=NAME, **selection)`: what the command would show."""

    def shown(*catalogs: Catalog, tool: str | None = None, selection: Selection = ALL) -> Shown:
        if tool is None:
            return Shown(catalogs, selection, select(catalogs, selection))
        entry = the_tool(catalogs, tool)
        return Shown(catalogs, selection, (entry,), next(pages((entry,))))

    return shown
