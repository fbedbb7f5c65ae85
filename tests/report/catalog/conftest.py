"""Catalogs as reports show them: one that is honest and one that means harm."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from policyctl.catalog.select import Selection, select, the_tool
from policyctl.cli.catalog.pages import pages
from policyctl.model.catalog import Catalog, Category, Confidence, Evidence, Review, Risk, Tag, Tool
from policyctl.model.values import JSONValue
from policyctl.report.catalog.show.result import Shown

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
def bank() -> Catalog:
    """Seven tools, of which each class, tag, doubt and review has one."""
    amount: JSONValue = {"type": "number", "description": "how much, in euros"}
    currency: JSONValue = {"type": "string", "enum": ["eur", "usd"]}
    transfer: dict[str, JSONValue] = {
        "type": "object",
        "properties": {"note": {"type": "string"}, "amount": amount, "currency": currency, "iban": {"type": "string"}},
        "required": ["amount", "iban"],
    }
    said = Review("ada", "2026-01-31", Category.FINANCIAL, Risk.CRITICAL, "Money leaves for good.", None)
    command: dict[str, JSONValue] = {"type": "object", "properties": {"command": {"type": "string"}}}
    tools = (
        Tool(
            "create_transfer",
            "/tools/0",
            title="Transfer",
            description="Sends money to an account.\nIt arrives within the day.",
            input_schema=transfer,
            category=Category.FINANCIAL,
            risk=Risk.CRITICAL,
            tags=frozenset({Tag.MONEY, Tag.IRREVERSIBLE}),
            confidence=Confidence.HIGH,
            evidence=(
                Evidence("verb", "name", "`transfer` moves money"),
                Evidence("against", "description", "a doubt"),
            ),
            reviewed=said,
        ),
        Tool(
            "delete_payee", "/tools/1", category=Category.DESTRUCTIVE, risk=Risk.CRITICAL, confidence=Confidence.MEDIUM
        ),
        Tool("run_report", "/tools/2", input_schema=command, category=Category.EXECUTE, risk=Risk.HIGH),
        Tool(
            "update_payee",
            "/tools/3",
            category=Category.WRITE,
            risk=Risk.MEDIUM,
            confidence=Confidence.LOW,
            evidence=(Evidence("verb", "name", "`update` changes something"),),
        ),
        Tool("list_transfers", "/tools/4", category=Category.READ, risk=Risk.LOW, tags=frozenset({Tag.PRIVATE_DATA})),
        Tool("list_payees", "/tools/5", category=Category.READ, risk=Risk.LOW),
        Tool("get_rate", "/tools/6", description="Today's rate.", category=Category.READ, risk=Risk.LOW),
    )
    return Catalog(
        "1", "bank", "A bank", tools={tool.name: tool for tool in tools}, name="bank.json", digest="sha256:00"
    )


@pytest.fixture(scope="session")
def show() -> Show:
    """`show(catalog, …, tool=NAME, **selection)`: what the command would show."""

    def shown(*catalogs: Catalog, tool: str | None = None, selection: Selection = ALL) -> Shown:
        if tool is None:
            return Shown(catalogs, selection, select(catalogs, selection))
        entry = the_tool(catalogs, tool)
        return Shown(catalogs, selection, (entry,), next(pages((entry,))))

    return shown
