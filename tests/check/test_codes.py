"""The table of codes about assertions, and the page that explains them."""

from __future__ import annotations

import re
from pathlib import Path

import policyctl
from policyctl.check.codes import CODES
from policyctl.lint.table import every_rule
from policyctl.report.diagnostics.rules import rule_name

PACKAGE = Path(policyctl.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "check.md"


def test_every_code_that_is_written_down_is_in_the_table() -> None:
    files = [path for path in (PACKAGE / "check").glob("*.py") if path.name != "codes.py"]
    assert {code for path in files for code in re.findall(r'"(AST[0-9]{2})"', path.read_text("utf-8"))} == set(CODES)


def test_names_are_those_of_one_rule_each() -> None:
    assert {entry.name for entry in CODES.values()}.isdisjoint(rule.name for rule in every_rule())
    assert {code: rule_name(code) for code in CODES} == {code: entry.name for code, entry in CODES.items()}
    assert all(entry.summary.endswith(".") for entry in CODES.values())


def test_the_page_explains_each_code_by_its_name() -> None:
    rows = dict(re.findall(r"^\| (AST\d\d) \| ([a-z-]+) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert rows == {code: entry.name for code, entry in CODES.items()}
