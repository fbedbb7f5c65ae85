"""The report of a comparison on a terminal and in a pull request; snapshots are read as prose."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion

from policyctl.diff.compare import compare
from policyctl.diff.gates import Gate, Kind, failures
from policyctl.diff.wording import rewordings
from policyctl.model.catalog import Catalog, Category
from policyctl.reading.catalog import read_catalog
from policyctl.reading.policy import read_policy
from policyctl.report.diff import markdown, text
from policyctl.report.diff.result import DiffReport
from policyctl.source.document import Document
from policyctl.source.read import read_document

FIXTURES = Path(__file__).parents[3] / "fixtures"
HOSTILE = "::error::`x` | <b>\x1b[31m@maintainer\n##[group]"


def document(name: str, data: Any) -> Document:
    found = read_document(name, json.dumps(data).encode())
    assert isinstance(found, Document)
    return found


def report(old: Any, new: Any, *, catalog: Catalog | None = None, gates: tuple[Gate, ...] = ()) -> DiffReport:
    documents = document("old.json", old), document("new.json", new)
    policies = [read_policy(one).policy for one in documents]
    assert policies[0] is not None
    assert policies[1] is not None
    diff = compare(policies[0], policies[1], catalog)
    words = rewordings(documents[0].data, documents[1].data, [change.name for change in diff.changes])
    return DiffReport(diff, (documents[0], documents[1]), 0, gates, tuple(failures(diff, gates)), words, catalog)


@pytest.fixture
def exchange() -> DiffReport:
    """The shipped policy of an exchange, and what a careless hand made of it."""
    old = json.loads((FIXTURES / "policies" / "exchange.json").read_text("utf-8"))
    new = json.loads((FIXTURES / "policies" / "exchange.json").read_text("utf-8"))
    tools = new["tools"]
    tools["BinanceDepth"]["deny_if"][0]["conditions"][0]["value"] = 5_000
    tools["BinanceDepth"]["deny_if"][0]["on_deny"] = "Ask for fewer levels."
    tools["BinanceKlines"]["require"][0]["conditions"][0]["value"] = ["5m", "1h", "4h", "1d", "90m"]
    tools["BinanceFuturesNewOrder"]["require"][2]["conditions"][0]["value"] = r"^0\.[0-9]{1,4}$"
    tools["BinanceFuturesNewOrder"]["limits"][0]["max"] = 5
    tools["BinanceFuturesDepth"]["limits"][0]["window"] = 7
    tools["BinanceFuturesBalance"] = {"action": "require_approval"}
    new["all_tools"]["limits"][0]["max"] = 100
    new["hide"] = new["hide"][:1]
    found = read_document("catalog.json", (FIXTURES / "tool-catalogs" / "exchange.json").read_bytes())
    assert isinstance(found, Document)
    catalog = read_catalog(found).catalog
    gates = (Gate(Kind.WIDER, Category.FINANCIAL), Gate(Kind.NARROWER, Category.DESTRUCTIVE))
    return report(old, new, catalog=catalog, gates=gates)


def hostile() -> DiffReport:
    pattern = {"conditions": [{"path": f"args.{HOSTILE}", "op": "regex", "value": r"^\C`|$"}]}
    other = {"conditions": [{"path": f"args.{HOSTILE}", "op": "eq", "value": HOSTILE}]}
    return report(
        {"version": "1", "default": "deny", "tools": {HOSTILE: {"require": [other]}, "p": {"require": [pattern]}}},
        {
            "version": "1",
            "default": "allow",
            "hide": [f"{HOSTILE}2"],
            "tools": {HOSTILE: {"deny_if": [other]}, "p": {}},
        },
    )


def test_a_changed_policy_is_told_call_by_call(exchange: DiffReport, printed: SnapshotAssertion) -> None:
    assert text.render(exchange, color=False, width=100) == printed


def test_a_pull_request_gets_the_same_in_markdown(exchange: DiffReport, printed: SnapshotAssertion) -> None:
    assert markdown.render(exchange) == printed


def test_equal_policies_need_few_words(printed: SnapshotAssertion) -> None:
    policy = {"version": "1", "default": "deny", "tools": {"a": {}, "b": {"action": "deny"}}}
    assert text.render(report(policy, policy), color=False, width=100) == printed


def test_what_is_undetermined_says_why(printed: SnapshotAssertion) -> None:
    rules = [[{"conditions": [{"path": "args.a", "op": "regex", "value": value}]}] for value in (r"^\C$", "^.$")]
    old, new = ({"version": "1", "default": "deny", "tools": {"t": {"require": one}}} for one in rules)
    assert text.render(report(old, new), color=False, width=100) == printed


def test_hostile_names_are_shown_and_obeyed_by_nobody() -> None:
    shown = text.render(hostile(), color=False, width=100)
    assert all(line.isprintable() for line in shown.splitlines())
    assert not re.search(r"^\s*::|##\[", shown, re.MULTILINE)
    drawn = markdown.render(hostile())
    html = MarkdownIt("commonmark").enable("table").render(drawn)
    allowed = {"h2", "h3", "p", "strong", "em", "ul", "li", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= allowed
    assert "@maintainer" not in re.sub(r"<code>.*?</code>", "", html)
    assert not re.search(r"^\s*::|##\[", drawn, re.MULTILINE)
    for table in re.findall(r"<table>(.*?)</table>", html, re.DOTALL):
        rows = [len(re.findall(r"<t[hd]\b", row)) for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
        assert len(set(rows)) == 1
