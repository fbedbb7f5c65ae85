"""Every value of a document stands where its place says."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from policyctl.source.document import Document
from policyctl.source.pointer import split
from policyctl.source.read import read_document

TEXTS = st.text(st.sampled_from("ab/~.\"'\\\x00\té😀\u2028\x7f"), max_size=4)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def read(name: str, text: str) -> Document:
    document = read_document(name, text.encode())
    assert isinstance(document, Document), document
    return document


def at(data: Any, pointer: str) -> Any:
    for segment in split(pointer):
        data = data[int(segment)] if isinstance(data, list) else data[segment]
    return data


def pointers(data: Any) -> int:
    if isinstance(data, list):
        return 1 + sum(map(pointers, data))
    return 1 + sum(map(pointers, data.values())) if isinstance(data, dict) else 1


def sliced(document: Document, pointer: str) -> str:
    span = document.span(pointer)
    return document.text[span.start.offset : span.end.offset]


@given(JSON, st.sampled_from([None, 1, "\t"]), st.booleans())
@example({"a": [1.5e300, -1e-7, 1e22]}, None, True)
def test_a_place_in_json_is_the_text_of_its_value(data: Any, indent: int | str | None, ascii_only: bool) -> None:
    document = read("p.json", json.dumps(data, indent=indent, ensure_ascii=ascii_only))
    assert document.data == data
    assert len(document.places) == pointers(data)
    for pointer, place in document.places.items():
        assert json.loads(sliced(document, pointer)) == at(data, pointer)
        if place.key:
            key = document.text[place.key.start.offset : place.key.end.offset]
            assert json.loads(key) == split(pointer)[-1]


def test_numbers_of_every_spelling_have_a_place() -> None:
    document = read("p.json", "[1e5, 1E5, 1e+5, 1E+5, 1e-5, -0, -0.0, 1.5e+3, 10]")
    assert [sliced(document, f"/{index}") for index in range(9)] == [
        "1e5", "1E5", "1e+5", "1E+5", "1e-5", "-0", "-0.0", "1.5e+3", "10",
    ]  # fmt: skip


@given(JSON, st.booleans(), st.booleans())
def test_a_place_in_yaml_is_the_text_of_its_value(data: Any, flow: bool, unicode: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, allow_unicode=unicode, sort_keys=False)
    # Repeated lists and objects come out as aliases, whose text is no value by itself.
    document = read("p.yaml", text)
    if "&id" in text:
        return
    assert len(document.places) == pointers(document.data)
    for pointer, place in document.places.items():
        value = sliced(document, pointer)
        indented = " " * (place.value.start.column - 1) + value
        assert read("p.yaml", indented or "~").data == at(document.data, pointer)


def test_a_mistake_below_an_alias_is_at_what_it_repeats() -> None:
    document = read("p.yaml", "a: &x\n  b: 1\nc: *x\n")
    assert document.data == {"a": {"b": 1}, "c": {"b": 1}}
    assert (sliced(document, "/c"), document.span("/c/b").start.line) == ("*x", 2)


def test_columns_are_code_points_of_the_text_without_its_mark() -> None:
    document = read_document("p.json", b"\xef\xbb\xbf" + '{"é😀": 1}'.encode())
    assert isinstance(document, Document)
    start = document.span("/é😀").start
    assert (start.offset, start.line, start.column) == (7, 1, 8)
