"""Catalogs on a terminal; snapshots are read as prose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from syrupy.assertion import SnapshotAssertion

from policyctl.catalog.select import Selection
from policyctl.model.catalog import Catalog, Risk, Tag
from policyctl.report.catalog.show import markdown, text

if TYPE_CHECKING:
    from tests.report.catalog.conftest import Show


def test_the_tables_of_a_catalog(bank: Catalog, show: Show, printed: SnapshotAssertion) -> None:
    assert text.render(show(bank), color=False, width=110) == printed


def test_the_page_of_a_tool(bank: Catalog, show: Show, printed: SnapshotAssertion) -> None:
    assert text.render(show(bank, tool="create_transfer"), color=False, width=100) == printed


def test_the_page_in_markdown(bank: Catalog, show: Show, printed: SnapshotAssertion) -> None:
    assert markdown.render(show(bank, tool="run_report")) == printed


def test_what_is_asked_for_is_said(bank: Catalog, show: Show) -> None:
    shown = show(bank, selection=Selection(risks=frozenset({Risk.HIGH, Risk.CRITICAL})))
    assert text.render(shown, color=False, width=100).splitlines()[-1] == (
        "showed 3 of 7 tools · 1 server · risk Critical or High"
    )


def test_nothing_to_show_is_said(bank: Catalog, show: Show) -> None:
    shown = show(bank, selection=Selection(risks=frozenset({Risk.HIGH}), tags=frozenset({Tag.BULK, Tag.CODE})))
    assert text.render(shown, color=True, width=100) == (
        "no tool is of risk High · tag code or bulk\nshowed 0 of 7 tools · 1 server\n"
    )


def test_hostile_texts_are_shown_and_obeyed_by_nobody(hostile: Catalog, show: Show) -> None:
    for name in (None, *hostile.tools):
        report = text.render(show(hostile, tool=name), color=False, width=100)
        assert all(line.isprintable() for line in report.splitlines())
        assert not re.search(r"^\s*::|##\[", report, re.MULTILINE)


@pytest.mark.parametrize("width", [60, 100, 160])
def test_no_table_is_wider_than_the_terminal(bank: Catalog, hostile: Catalog, show: Show, width: int) -> None:
    for catalog in (bank, hostile):
        lines = text.render(show(catalog), color=False, width=width).splitlines()[2:-1]
        assert max(map(len, lines)) <= max(width, 100)


def test_hostile_markdown_stays_text(hostile: Catalog, show: Show) -> None:
    for name in (None, *hostile.tools):
        report = markdown.render(show(hostile, tool=name))
        outside = re.sub(r"^(`{3,})json\n.*?^\1$", "", report, flags=re.MULTILINE | re.DOTALL)
        outside = re.sub(r"`[^`\n]*`|<code>.*?</code>|<!-- -->", "", outside)
        assert "<" not in outside
        assert not re.search(r"\]\(|://", outside)
        assert not re.search(r"^\s*::|##\[", report, re.MULTILINE)
