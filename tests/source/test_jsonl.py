"""JSON lines as one document whose places are those of the file."""

from __future__ import annotations

import pytest

from policyctl.diagnostic import Span
from policyctl.source.below import below
from policyctl.source.jsonl import is_lines, read_lines
from policyctl.source.nearest import nearest_span

TEXT = '\n{"a": [1, "é"]}\r\n\n  {"b": {"c/d": 2}}\n{"e": \n7'


def words(span: Span) -> str:
    return TEXT[span.start.offset : span.end.offset]


def test_each_line_is_an_element_that_knows_its_place_in_the_file() -> None:
    document = read_lines("x.jsonl", TEXT, "sha256:00").document
    assert document.data == [{"a": [1, "é"]}, {"b": {"c/d": 2}}, None, 7]
    assert words(document.span("/0/a/1")) == '"é"'
    span = document.key_span("/1/b/c~1d")
    assert (words(span), span.start.line, span.start.column) == ('"c/d"', 4, 10)
    assert words(document.span("/3")) == "7"
    assert words(document.span("")) == TEXT


def test_a_line_that_is_no_json_is_an_error_at_its_place() -> None:
    (found,) = read_lines("x.jsonl", TEXT, "sha256:00").broken
    assert found.span is not None
    assert (found.code, found.pointer, found.span.start.line) == ("SRC02", "/2", 5)


def test_what_is_not_there_is_found_at_what_is_around_it() -> None:
    document = read_lines("x.jsonl", TEXT, "sha256:00").document
    assert words(nearest_span(document, "/0/a/1/x/y")) == '"é"'
    assert words(nearest_span(document, "/1/b/nothing")) == '{"c/d": 2}'
    assert words(nearest_span(document, "/99/a")) == TEXT


def test_an_element_is_a_document_of_its_own_with_the_places_of_the_file() -> None:
    document = read_lines("x.jsonl", TEXT, "sha256:00").document
    part = below(document, document.data[1], "/1")
    assert words(part.span("/b/c~1d")) == "2"
    assert "/a" not in part.places
    whole = below(document, document.data, "")
    assert list(whole.places) == ["", "/0", "/1", "/2", "/3"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}\n{"b": 2}', True),
        ('\n\n[1]\n{"b":', True),
        ('{"a": 1}\n', False),
        ("1\n2", False),
        ('{\n"a": 1\n}', False),
        ("", False),
        ("a: 1\nb: 2", False),
    ],
)
def test_lines_are_told_by_the_first_of_several(text: str, expected: bool) -> None:
    assert is_lines(text) is expected
