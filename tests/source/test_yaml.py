"""YAML as JSON's data."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.source.document import Document
from policyctl.source.read import read_document

VALUES: list[tuple[str, Any]] = [
    ("1", 1),
    ("-0", 0),
    ("1" * 40, int("1" * 40)),
    ("1.5", 1.5),
    ("1e5", 100000.0),
    ("true", True),
    ("False", False),
    ("null", None),
    ("~", None),
    ("", None),
    ("on", "on"),
    ("yes", "yes"),
    ("010", "010"),
    ("0x1f", "0x1f"),
    ("0o17", "0o17"),
    ("1_000", "1_000"),
    ("+1", "+1"),
    (".5", ".5"),
    ("1:30", "1:30"),
    ("2026-01-31", "2026-01-31"),
    ("2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z"),
    ("'1'", "1"),
    ('"true"', "true"),
    ("! 1", "1"),
    ("!!str 1", "1"),
    ("!!int 1", 1),
    ("!!float 1", 1.0),
    ('"\\U0001f600\\0"', "😀\x00"),
    ("|\n  a\n  b", "a\nb\n"),
    ("[]", []),
    ("{}", {}),
    ("!!map {}", {}),
]


def read(text: str) -> Any:
    document = read_document("p.yaml", text.encode())
    assert isinstance(document, Document), document
    return document.data


def fault(text: str) -> tuple[str, int, int, str]:
    found = read_document("p.yaml", text.encode())
    assert not isinstance(found, Document)
    (diagnostic,) = found
    assert diagnostic.span
    assert diagnostic.help
    return diagnostic.code, diagnostic.span.start.line, diagnostic.span.start.column, diagnostic.message


@pytest.mark.parametrize(("words", "value"), VALUES)
def test_the_types_are_those_of_json(words: str, value: Any) -> None:
    found = read(f"a: {words}\n")["a"]
    assert (found, type(found)) == (value, type(value))


def test_a_key_is_the_text_that_is_written() -> None:
    assert read("404: a\ntrue: b\non: c\n~: d\n'<<': e\n\"\": f\n") == {
        "404": "a", "true": "b", "on": "c", "~": "d", "<<": "e", "": "f",
    }  # fmt: skip


FAULTS = [
    ("a: 1\nb: 2\na: 3", "SCH03", 3, 1, "the key `a` is already used on line 1"),
    ("1: a\n'1': b", "SCH03", 2, 1, "the key `1` is already used on line 1"),
    ("a: .inf", "SRC05", 1, 4, "`.inf` is no finite number"),
    ("a: .NaN", "SRC05", 1, 4, "`.NaN` is no finite number"),
    ("a: 1e400", "SRC05", 1, 4, "the number `1e400` is out of range"),
    ("a: !!timestamp 2026-01-31", "SRC06", 1, 4, "the tag `!!timestamp` has no counterpart in JSON"),
    ("a: !x b", "SRC06", 1, 4, "the tag `!x` has no counterpart in JSON"),
    ("a: !!int b", "SRC06", 1, 4, "`b` is not what the tag `!!int` says"),
    ("a: !!set {b}", "SRC06", 1, 4, "the tag `!!set` has no counterpart in JSON"),
    ("!!binary a: b", "SRC06", 1, 1, "the tag `!!binary` has no counterpart in JSON"),
    ("<<: {a: 1}", "SRC06", 1, 1, "the merge key `<<` is no part of JSON"),
    ("?\n: 1", "SRC06", 1, 2, "a key is missing before `:`"),
    ("? {a: 1}\n: b", "SRC06", 1, 3, "a list or object cannot be a key"),
    ("a: &x b\n*x : c", "SRC06", 2, 1, "the alias `*x` cannot be a key"),
    ("a: *x", "SRC06", 1, 4, "the alias `*x` has no anchor before it"),
    ("a: &x [*x]", "SRC06", 1, 8, "the alias `*x` stands inside what it repeats"),
    ("a: 1\n---\nb: 1", "SRC06", 2, 1, "a second document starts here"),
    ("", "SRC02", 1, 1, "the file is empty"),
    ("hide: [*]", "SRC02", 1, 9, "an anchor or alias has no name"),
    ("a:\n\tb: 1", "SRC02", 2, 1, "a tab cannot indent YAML"),
    ("a: b: c", "SRC02", 1, 5, "a `:` stands where no key can stand"),
    ("a: @b", "SRC02", 1, 4, "an unquoted text cannot start with `@`"),
    ("a: 1\nb: 'x\nc: 2\n", "SRC02", 2, 4, "a text in quotes is not closed"),
    ("a: [1, 2\nb: 3", "SRC02", 2, 2, "a `,` or `]` is missing"),
    ('a: "\\q"', "SRC02", 1, 5, "a backslash escape is unknown"),
    ('a: "\\ud83d\\ude00"', "SRC02", 1, 7, "an escape names half a character or none"),
    ("é: \x01", "SRC02", 1, 4, "the control character \\u0001 cannot stand in YAML"),
    ("a: 1\n b: 2", "SRC02", 2, 3, "a `:` stands where no key can stand"),
]


@pytest.mark.parametrize(("text", "code", "line", "column", "message"), FAULTS)
def test_what_json_does_not_have_is_located(text: str, code: str, line: int, column: int, message: str) -> None:
    assert fault(text) == (code, line, column, message)


def test_a_tag_cannot_make_a_number_infinite() -> None:
    code, _, column, message = fault(f"a: !!float {'9' * 400}")
    assert (code, column, message) == ("SRC05", 4, f"the number `{'9' * 57}...` is out of range")


def test_an_alias_may_repeat_what_is_complete() -> None:
    assert read("a: &x [1]\nb: *x\nc: &x 2\nd: *x") == {"a": [1], "b": [1], "c": 2, "d": 2}


def test_aliases_cannot_nest_deeper_than_brackets() -> None:
    levels = "".join(f"a{level}: &a{level} [[*a{level - 1}]]\n" for level in range(1, 101))
    code, line, _, message = fault(f"a0: &a0 [1]\n{levels}")
    assert (code, line, message) == ("SRC03", 101, "the nesting is deeper than 200 levels")


def test_places_follow_the_lines_of_an_editor_and_not_those_of_the_parser() -> None:
    document = read_document("p.yaml", "a: 1\x85b: 2\r\nc: 3\rd: 4".encode())
    assert isinstance(document, Document)
    assert [document.key_span(f"/{key}").start.line for key in document.data] == [1, 1, 2, 3]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b c", "true", "1"]), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(JSON)
def test_json_is_yaml(data: Any) -> None:
    assert read(json.dumps(data, indent=1)) == data
