"""A comparison for a pull request, for code scanning and for programs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft7Validator
from markdown_it import MarkdownIt

from policyctl.report.compare import json as report_json
from policyctl.report.compare import markdown, stats
from policyctl.report.compare.result import ComparisonReport
from policyctl.report.diagnostics import sarif
from policyctl.simulate.compare.result import Comparison
from policyctl.source.document import Document
from policyctl.source.read import read_document
from tests.recordings import ROOT

NEXT = "fixtures/policies/exchange-next.json"


def test_a_comment_starts_with_its_marker_and_the_short_answer(exchange: Comparison) -> None:
    lines = markdown.render(exchange).splitlines()
    assert lines[:2] == ["<!-- policyctl simulate base -->", "## policyctl simulate"]
    assert lines[3].startswith("**compared 1 policy · 28 tools · 340 calls · newly-allowed 2 · approval-removed 2")


def test_hostile_names_are_no_markup_and_no_commands(hostile: Comparison) -> None:
    report = markdown.render(hostile)
    html = MarkdownIt("commonmark").enable("table").render(report)
    allowed = {"h2", "h3", "p", "strong", "em", "ul", "li", "code", "table", "thead", "tbody", "tr", "th", "td", "br"}
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= allowed
    assert not re.search(r"^\s*::|##\[", report, re.MULTILINE)
    assert "@maintainer" not in re.sub(r"<code>.*?</code>", "", html)


def test_every_row_of_a_table_has_the_fields_of_its_titles(exchange: Comparison, hostile: Comparison) -> None:
    for comparison in (exchange, hostile):
        html = MarkdownIt("commonmark").enable("table").render(markdown.render(comparison))
        for table in re.findall(r"<table>(.*?)</table>", html, re.DOTALL):
            rows = [len(re.findall(r"<t[hd]\b", row)) for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
            assert len(set(rows)) == 1


@pytest.mark.parametrize("compact", [True, False])
def test_the_json_conforms(
    exchange: Comparison, gateway_log: Comparison, hostile: Comparison, published: Callable[[str], Any], compact: bool
) -> None:
    for comparison in (exchange, gateway_log, hostile):
        report = published(report_json.render(comparison, compact=compact))
        assert sum(row["calls"] for row in report["matrix"]) == report["calls"]
        assert sum(row["calls"] for row in report["changes"]) == report["calls"]
        assert sum(sum(row["changes"].values()) for row in report["tools"]) == report["calls"]
        assert all(sum(row["changes"].values()) == row["calls"] for row in (*report["tools"], *report["risks"]))
        assert report["base"]["verdicts"] == {
            verdict: sum(row["calls"] for row in report["matrix"] if row["base"] == verdict)
            for verdict in ("allow", "deny", "approval", "undetermined")
        }


def test_the_counts_alone_are_lines_of_a_name_and_a_number(exchange: Comparison) -> None:
    lines = stats.render(exchange).splitlines()
    assert all(re.fullmatch(r"\S+ \d+(\.\d+)?", line) for line in lines)
    assert {"changes/approval-removed 2", "matrix/approval/allow 2", "risks/Critical/newly-denied 6"} <= set(lines)


def located(comparison: Comparison) -> list[Any]:
    document = read_document(NEXT, (ROOT / NEXT).read_bytes())
    assert isinstance(document, Document)
    log = json.loads(sarif.render(ComparisonReport(comparison, {NEXT: document}).diagnosed()))
    results: list[Any] = log["runs"][0]["results"]
    return results


def test_a_finding_stands_at_the_rule_that_decides_now(exchange: Comparison) -> None:
    text = (ROOT / NEXT).read_text("utf-8").splitlines()
    places: dict[str, set[tuple[str, str]]] = {}
    for found in located(exchange):
        location = found["locations"][0]
        line = location["physicalLocation"]["region"]["startLine"]
        place = location["logicalLocations"][0]["fullyQualifiedName"]
        places.setdefault(found["ruleId"], set()).add((place, text[line - 1].strip()[:24]))
        assert location["physicalLocation"]["artifactLocation"]["uri"] == NEXT
    assert places == {
        "RPL01": {
            ("/tools/BinanceKlines", '"BinanceKlines": {'),
            ("/tools/BinanceNewOrder", '"BinanceNewOrder": {'),
        },
        "RPL02": {("/tools/BinanceWalletWithdraw", '"BinanceWalletWithdraw":')},
        "RPL03": {
            ("/tools/BinanceFuturesNewOrder/limits/0", "{"),
            ("/tools/BinanceWalletWithdraw/limits/0", "{"),
        },
        "RPL04": {("/tools/BinanceFuturesCancelAllOrders/action", '"action": "require_appro')},
    }


def test_the_log_for_code_scanning_is_valid_and_tells_findings_apart(exchange: Comparison, shared_data: Path) -> None:
    document = read_document(NEXT, (ROOT / NEXT).read_bytes())
    assert isinstance(document, Document)
    log = json.loads(sarif.render(ComparisonReport(exchange, {NEXT: document}).diagnosed()))
    schema = json.loads((shared_data / "schemas/sarif-2.1.0.json").read_text("utf-8"))
    validator = Draft4Validator if "draft-04" in schema["$schema"] else Draft7Validator
    validator(schema).validate(log)
    prints = [found["partialFingerprints"]["policyctl/v1"] for found in log["runs"][0]["results"]]
    assert len(set(prints)) == len(prints) == 7


def output(seed: str, *options: str) -> bytes:
    environment = os.environ | {"PYTHONHASHSEED": seed}
    command = [
        *(sys.executable, "-m", "policyctl", "simulate", "fixtures/traces/exchange.jsonl", "--policy", NEXT),
        *("--base", "fixtures/policies/exchange.json", "--catalog", "fixtures/tool-catalogs/exchange.json"),
        *("--bad=meta.attack_success=true", "--good=meta.session_kind=benign", *options),
    ]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True).stdout


@pytest.mark.parametrize(
    "option", ["--format=text", "--format=ndjson", "--format=markdown", "--format=sarif", "--stats"]
)
def test_a_report_does_not_depend_on_the_hash_seed(option: str) -> None:
    first, second = (output(seed, option) for seed in ("1", "2"))
    assert first == second
    assert first.endswith(b"\n")
