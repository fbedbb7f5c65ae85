"""The parser without a limit on depth reads what Python's reads."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.traces.deep import integer, load_deep

TEXTS = st.text(st.characters(codec="utf-8"), max_size=5)
ATOMS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = st.recursive(ATOMS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4))


def read(text: str) -> Any:
    """What Python reads, or that it cannot; NaN is no JSON."""
    try:
        return json.loads(text, parse_int=integer, parse_constant=_refuse)
    except ValueError:
        return ValueError


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def deeply(text: str) -> Any:
    try:
        return load_deep(text)
    except ValueError:
        return ValueError


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_it_reads_what_python_writes(value: Any, indent: Any, ascii_: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_)
    assert repr(load_deep(text)) == repr(json.loads(text))


@given(VALUES, st.data())
def test_it_refuses_what_python_refuses(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value)
    place = data.draw(st.integers(0, len(text)))
    piece = data.draw(st.sampled_from(["", *'"{}[],:01-+.eE \\\n', "\x0b", "\xa0", "null", "NaN", "Infinity", "٣"]))
    text = text[:place] + piece + text[place + data.draw(st.integers(0, 2)) :]
    assert repr(deeply(text)) == repr(read(text))


@pytest.mark.parametrize(
    "text", ["", " ", "[", "[1", "[1,", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '"', "-", "1 2", "]"]
)
def test_what_breaks_off_or_goes_on_is_refused(text: str) -> None:
    assert deeply(text) is read(text) is ValueError


def test_depth_has_no_limit() -> None:
    value = load_deep('{"a":[' * 100_000 + "7" + "]}" * 100_000)
    for _ in range(100_000):
        (value,) = value["a"]
    assert value == 7


def test_the_last_of_repeated_keys_counts() -> None:
    assert load_deep('{"a":1,"b":{"a":2,"a":3},"a":4}') == {"a": 4, "b": {"a": 3}}


@pytest.mark.parametrize(
    ("digits", "value"), [("1" * 4_300, int("1" * 4_300)), ("9" * 4_301, math.inf), ("-" + "9" * 4_301, -math.inf)]
)
def test_an_integer_is_exact_or_out_of_range(digits: str, value: float) -> None:
    assert integer(digits) == value == load_deep(digits)
