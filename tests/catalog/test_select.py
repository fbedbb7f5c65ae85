"""Which tools are shown, and which one a name means."""

from __future__ import annotations

import pytest

from policyctl.catalog.select import Selection, known_servers, select, the_tool
from policyctl.errors import PolicyctlError
from policyctl.model.catalog import Catalog, Category, Risk, Tag, Tool


def catalog(server: str, *tools: Tool) -> Catalog:
    return Catalog("1", server, server, tools={tool.name: tool for tool in tools})


BANK = catalog(
    "bank",
    Tool("list", "", category=Category.READ, risk=Risk.LOW),
    Tool("pay", "", category=Category.FINANCIAL, risk=Risk.CRITICAL, tags=frozenset({Tag.MONEY})),
    Tool("drop", "", category=Category.DESTRUCTIVE, risk=Risk.CRITICAL),
    Tool("Note", "", category=Category.WRITE, risk=Risk.MEDIUM),
    Tool("odd", ""),
)
SHOP = catalog("shop", Tool("list", "", category=Category.READ, risk=Risk.LOW, tags=frozenset({Tag.BULK, Tag.MONEY})))


def names(selection: Selection) -> list[str]:
    return [f"{entry.catalog.server_id}/{entry.tool.name}" for entry in select((BANK, SHOP), selection)]


def test_the_riskiest_come_first_and_what_is_unknown_before_them() -> None:
    assert names(Selection()) == ["bank/odd", "bank/pay", "bank/drop", "bank/Note", "bank/list", "shop/list"]


@pytest.mark.parametrize(
    ("selection", "shown"),
    [
        (Selection(risks=frozenset({Risk.CRITICAL, Risk.MEDIUM})), "bank/pay bank/drop bank/Note"),
        (Selection(categories=frozenset({Category.READ})), "bank/list shop/list"),
        (Selection(tags=frozenset({Tag.MONEY, Tag.CODE})), "bank/pay shop/list"),
        (Selection(servers=frozenset({"shop"})), "shop/list"),
        (Selection(tags=frozenset({Tag.MONEY}), servers=frozenset({"bank"})), "bank/pay"),
        (Selection(risks=frozenset({Risk.HIGH})), ""),
    ],
)
def test_values_of_one_kind_are_alternatives_and_kinds_add_up(selection: Selection, shown: str) -> None:
    assert " ".join(names(selection)) == shown


def test_a_name_means_the_one_tool_that_has_it_exactly() -> None:
    assert the_tool((BANK, SHOP), "pay").catalog is BANK
    with pytest.raises(PolicyctlError) as missing:
        the_tool((BANK,), "Pay")
    assert (missing.value.message, missing.value.hint) == (
        "no tool `Pay` in the catalog of `bank`",
        "did you mean `pay`?",
    )


def test_a_name_on_several_servers_asks_which() -> None:
    with pytest.raises(PolicyctlError) as several:
        the_tool((BANK, SHOP), "list")
    assert several.value.message == "the tool `list` is on several servers, `bank` and `shop`"
    assert several.value.hint == "choose one: `--server bank`"


def test_a_server_that_no_catalog_is_of_is_an_error() -> None:
    assert known_servers((BANK, SHOP), ["shop"]) == {"shop"}
    with pytest.raises(PolicyctlError) as unknown:
        known_servers((BANK, SHOP), ["shops"])
    assert unknown.value.hint == "did you mean `shop`?"
