"""The report of a simulation in a pull request."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from policyctl.report.simulate import markdown
from policyctl.simulate.result import Simulation


def test_it_starts_with_the_short_answer(exchange: Simulation) -> None:
    lines = markdown.render(exchange).splitlines()
    assert lines[:2] == ["<!-- policyctl simulate -->", "## policyctl simulate"]
    assert lines[3].startswith("**checked 1 policy · 28 tools · 340 calls · allow 292 · deny 40")
    assert lines[5] == "### coverage"


def test_hostile_names_are_no_markup_and_no_commands(hostile: Simulation) -> None:
    report = markdown.render(hostile)
    html = MarkdownIt("commonmark").enable("table").render(report)
    allowed = {"h2", "h3", "p", "strong", "em", "ul", "li", "code", "table", "thead", "tbody", "tr", "th", "td"}
    assert set(re.findall(r"<([a-z0-9]+)", html)) == allowed
    assert not re.search(r"^\s*::|##\[", report, re.MULTILINE)
    # What mentions somebody does so outside of code only.
    assert "@maintainer" not in re.sub(r"<code>.*?</code>", "", html)


def test_every_row_of_a_table_has_the_fields_of_its_titles(hostile: Simulation) -> None:
    html = MarkdownIt("commonmark").enable("table").render(markdown.render(hostile))
    for table in re.findall(r"<table>(.*?)</table>", html, re.DOTALL):
        rows = [len(re.findall(r"<t[hd]\b", row)) for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)]
        assert len(set(rows)) == 1
    assert len(re.findall("<table>", html)) == 11
