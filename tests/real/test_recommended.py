"""Recommended policies for the tools of real servers: valid, in canonical form, and each tool decided as it is said to be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from policyctl.engine.gateway import Gateway
from policyctl.fmt.file import format_file
from policyctl.model.catalog import Catalog, Category
from policyctl.model.decision import Verdict
from policyctl.reading.catalog import read_catalog
from policyctl.recommend.completed import completed
from policyctl.recommend.compose import compose, recommend
from policyctl.recommend.profile import Outcome, Profile
from policyctl.report.policy import json_, yaml_
from tests.recommend.listed import document_of, policy_of, verdict

FILES = (
    "docker-mcp-registry", "github", "kubernetes", "livemcptool", "mcp-reference-servers", "playwright", "sperax-binance",
    "stripe", "tracetools-agentdojo-agentdyn", "tracetools-bfcl", "tracetools-tau", "tracetools-workbench",
)  # fmt: skip
_OF_SERVER = ("name", "title", "description", "inputSchema", "outputSchema", "annotations")
#: What a call without arguments may get; bounds and skeletons may deny it.
_VERDICTS = {
    Outcome.OPEN: {Verdict.ALLOW},
    Outcome.LIMITED: {Verdict.ALLOW, Verdict.DENY},
    Outcome.APPROVAL: {Verdict.APPROVAL, Verdict.DENY},
    Outcome.DENIED: {Verdict.DENY},
    Outcome.HIDDEN: {Verdict.DENY},
}


def catalogs(path: Path) -> Iterator[Catalog]:
    """One a server; of tools that are listed twice the first counts."""
    servers: dict[str, dict[str, object]] = {}
    for line in path.read_text("utf-8").splitlines():
        listed = json.loads(line)
        tool = {key: listed[key] for key in _OF_SERVER if listed.get(key) is not None}
        servers.setdefault(listed.get("server") or "unnamed", {}).setdefault(listed["name"], tool)
    for server, tools in servers.items():
        text = json.dumps({"version": "1", "server": {"id": server, "name": server}, "tools": list(tools.values())})
        reading = read_catalog(document_of(text, "catalog.json"))
        assert reading.catalog is not None, reading.diagnostics
        yield completed(reading.catalog)


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("name", FILES)
def test_each_tool_of_a_real_server_is_decided_as_it_is_said_to_be(
    shared_data: Path, name: str, profile: Profile
) -> None:
    for catalog in catalogs(shared_data / "catalogs" / f"{name}.jsonl"):
        recommendations = recommend(catalog, profile)
        document = compose(recommendations)
        text = json_.render(document)
        assert format_file("p.json", text.encode()).after == text
        gateway = Gateway(policy_of(text))
        for each in recommendations:
            assert verdict(gateway, each.tool.name) in _VERDICTS[each.outcome], each.tool.name
        reasons = {each.tool.name: (each.tool.description or "",) for each in recommendations}
        commented = yaml_.render(document, head=(), reasons=reasons)
        assert document_of(commented, "p.yaml").data == document
        assert format_file("p.yaml", commented.encode()).after == commented


def test_an_exchange_moves_no_money_by_default(shared_data: Path) -> None:
    (binance,) = catalogs(shared_data / "catalogs" / "sperax-binance.jsonl")
    gateway = Gateway(policy_of(json_.render(compose(recommend(binance, Profile.TOOL_PAGE)))))
    money = [tool.name for tool in binance.tools.values() if tool.category is Category.FINANCIAL]
    assert len(money) > 80
    assert all(verdict(gateway, name) is Verdict.DENY for name in money)
    for name in (
        "BinanceWalletWithdraw",
        "BinanceNewOrder",
        "BinanceSubAccountUniversalTransfer",
        "BinanceVipLoanBorrow",
    ):
        assert verdict(gateway, name, amount=1) is Verdict.DENY
    for name in ("BinanceTickerPrice", "BinanceGetAccount", "BinanceWalletDepositHistory"):
        assert verdict(gateway, name) is Verdict.ALLOW
