"""The table of codes about lists of tools, and the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

import policyctl
from policyctl.catalog.codes import CODES
from policyctl.diagnostic import Severity
from policyctl.lint.table import LISTED
from policyctl.reading.codes import CODES as OF_READING
from policyctl.report.diagnostics.rules import rule, rule_name

PACKAGE = Path(policyctl.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "catalog.md"


def test_every_code_that_is_written_down_is_in_the_table() -> None:
    files = [path for path in (PACKAGE / "catalog").rglob("*.py") if path.name != "codes.py"]
    used = {code for path in files for code in re.findall(r'"((?:LST|DRF)[0-9]{2})"', path.read_text("utf-8"))}
    assert used == set(CODES)


def test_names_are_those_of_one_rule_each_and_read_well_after_ignore() -> None:
    names = [entry.name for entry in (*CODES.values(), *OF_READING.values())] + [each.name for each in LISTED]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)
    assert all(entry.summary.endswith(".") for entry in CODES.values())


def test_references_are_ids_that_readers_know() -> None:
    refs = {ref for entry in CODES.values() for ref in entry.refs}
    assert all(re.fullmatch(r"CWE-\d+|MCP\d\d|ASI\d\d|LLM\d\d|AML\.T\d{4}", ref) for ref in refs)


def test_the_page_explains_each_code_by_its_name() -> None:
    rows = dict(re.findall(r"^\| ([A-Z]{3}\d\d) \| ([a-z-]+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert rows == {code: entry.name for code, entry in CODES.items()}


def test_a_code_of_any_family_has_its_rule() -> None:
    assert [rule_name(code) for code in ("SRC01", "SCH01", "LST03", "DRF08", LISTED[0].code, "XXX01")] == [
        "not-utf-8",
        "unknown-key",
        "duplicate-tool",
        "blind-denial",
        LISTED[0].name,
        None,
    ]
    known = rule("DRF10")
    assert known is not None
    assert known.severity is Severity.WARNING
