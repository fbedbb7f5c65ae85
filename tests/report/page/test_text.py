"""Pages on a terminal."""

from __future__ import annotations

from policyctl.report.page.parts import Cell, Code, Column, Row, Section, Table, listed, say
from policyctl.report.page.text import draw
from policyctl.report.style import Style

PLAIN = Style(color=False)


def test_a_page_is_titles_sentences_and_columns() -> None:
    rows = (Row((Cell("a"), Cell("1,000")), say("first at ", Code("x:1"))), Row((Cell("long name"), Cell("2"))))
    table = Table((Column("tool", code=True), Column("calls", number=True)), rows, more=3)
    sections = [Section("tools", "most calls first", (say("two of ", Code("x")), table)), Section("end", "", ())]
    assert draw(sections, PLAIN, 80) == (
        "tools  most calls first\n"
        "  two of `x`\n"
        "  tool       calls\n"
        "  a          1,000\n"
        "      first at `x:1`\n"
        "  long name      2\n"
        "  and 3 more, which the JSON report lists\n"
        "\n"
        "end"
    )


def test_the_widest_column_of_text_gives_way_and_numbers_never() -> None:
    table = Table(
        (Column("a"), Column("b"), Column("n", number=True)), (Row((Cell("x" * 90), Cell("y"), Cell("123456789"))),)
    )
    assert draw([Section("t", "", (table,))], PLAIN, 40).splitlines()[2] == "  xxxxxxxxxxxxxxxx…xxxxxxx  y  123456789"


def test_a_line_that_wrapping_starts_is_no_command() -> None:
    report = draw([Section("t", "", (say("x" * 50, " ::error::boom"),))], PLAIN, 60)
    assert report.splitlines()[2] == "    \\u003a:error::boom"


def test_a_note_ends_after_three_lines() -> None:
    table = Table((Column("a"),), (Row((Cell("x"),), say("word " * 100)),))
    lines = draw([Section("t", "", (table,))], PLAIN, 40).splitlines()
    assert len(lines) == 6
    assert lines[-1].endswith("word…")


def test_a_list_of_names_says_how_many_it_leaves_out() -> None:
    assert listed(["a", "b", "c"], most=2) == (Code("a"), ", ", Code("b"), " and 1 more")
    assert listed([], most=2) == ()
