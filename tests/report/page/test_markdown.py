"""Pages in Markdown, read back by a Markdown parser."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from policyctl.report.escape import code_span, escape_markdown, escape_terminal
from policyctl.report.page.markdown import draw
from policyctl.report.page.parts import Cell, Code, Column, Row, Section, Table, say

READER = MarkdownIt("commonmark").enable("table")
TEXTS = st.text(st.characters() | st.sampled_from("|`*_\\<>[]()#&@:$~ "), max_size=40)


def read(markdown: str) -> str:
    return str(READER.render(markdown))


def table_of(name: str) -> str:
    table = Table((Column("tool", code=True), Column("message")), (Row((Cell(name), Cell(name))),))
    return draw([Section("tools", "", (table,))])


@given(TEXTS)
def test_a_table_shows_any_text_in_its_own_fields_and_as_no_markup(text: str) -> None:
    html = read(table_of(text))
    fields = re.findall("<td[^>]*>(.*?)</td>", html)
    shown = escape_terminal(text)
    assert [content(field) for field in fields] == [shown, shown.strip(" ")] or not shown.strip(" ")


def content(html: str) -> str:
    stripped = html.replace("<code>", "").replace("</code>", "").replace("<!-- -->", "")
    assert "<" not in stripped
    return unescape(stripped)


@pytest.mark.parametrize("text", ["@maintainer", "see #12", "https://evil.example", "www.evil.example", ":boom:"])
def test_prose_of_a_policy_mentions_and_links_nobody(text: str) -> None:
    escaped = escape_markdown(text)
    assert text not in escaped
    assert content(read(escaped).strip().removeprefix("<p>").removesuffix("</p>")) == text


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("get_issue", "`get_issue`"),
        ("a|b", "<code>a&#124;b</code>"),
        ("tick`", "<code>tick&#96;</code>"),
        (" ", "<code> </code>"),
        ("", "<code></code>"),
        ("a\nb", "`a\\nb`"),
    ],
)
def test_code_is_written_plainly_where_that_is_safe(text: str, span: str) -> None:
    assert code_span(text) == span


def test_sentences_are_a_list_and_notes_a_column() -> None:
    row = Row((Cell("deny", "error"), Cell("1")), say("told ", Code("`x`")))
    table = Table((Column("verdict"), Column("calls", number=True)), (row,), more=2, note_title="message")
    assert draw([Section("rules", "what decided", (say("one"), say("two", role="error"), table))]) == (
        "### rules\n\n_what decided_\n\n- one\n- two\n\n"
        "| verdict | calls | message |\n| :--- | ---: | :--- |\n"
        "| **deny** | 1 | told <code>&#96;x&#96;</code> |\n\n"
        "and 2 more, which the JSON report lists"
    )
