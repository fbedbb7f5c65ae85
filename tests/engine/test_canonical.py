"""The canonical text of a value, against an independent RFC 8785 writer where both apply."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from policyctl.engine.canonical import canonical, digest

_EXACT = 2**53 - 1
_SCALARS = st.none() | st.booleans() | st.integers(-_EXACT, _EXACT) | st.floats(allow_nan=False, allow_infinity=False)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_VALUES = st.recursive(
    _SCALARS | _TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4)
)


@given(_VALUES)
def test_values_that_rfc_8785_knows_are_written_as_it_says(value: Any) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_double_is_written_as_ecmascript_does(value: float) -> None:
    assert canonical(value).encode() == rfc8785.dumps(value)


@given(st.dictionaries(_TEXTS, st.integers(0, 3)), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_count(members: dict[str, Any], random: Any) -> None:
    keys = list(members)
    random.shuffle(keys)
    assert canonical({key: members[key] for key in keys}) == canonical(members)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10**39 + 7, "1000000000000000000000000000000000000007"),
        (-(2**53) - 1, "-9007199254740993"),
        (10**30, "1" + "0" * 30),
        (1e30, "1e+30"),
        (-0.0, "0"),
        (1.0, "1"),
        (1e21, "1e+21"),
        (1e20, "100000000000000000000"),
        (1e-7, "1e-7"),
        (0.000001, "0.000001"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (float("inf"), "1e999"),
        (float("-inf"), "-1e999"),
        ("\b\t\n\f\r\x0f\"\\/\x7f", '"\\b\\t\\n\\f\\r\\u000f\\"\\\\/\x7f"'),
        ({"\U0001f600": 1, "\ufb33": 2, "a": 3}, '{"a":3,"\U0001f600":1,"\ufb33":2}'),
        ([], "[]"),
        ({}, "{}"),
        ({"": [None, {"": {}}]}, '{"":[null,{"":{}}]}'),
    ],
)  # fmt: skip
def test_this_value_has_this_text(value: Any, text: str) -> None:
    assert canonical(value) == text


@given(st.integers(-(10**300), 10**300))
def test_an_integer_is_written_out_exactly(value: int) -> None:
    assert json.loads(canonical(value)) == value
    assert digest([value]) != digest([value + 1])


def test_an_integer_of_4300_digits_is_written_out() -> None:
    assert canonical(10**4_299) == "1" + "0" * 4_299


def test_a_digest_is_the_sha_256_of_the_text() -> None:
    assert digest({"b": 1, "a": "é"}) == "sha256:" + hashlib.sha256('{"a":"é","b":1}'.encode()).hexdigest()


def test_half_a_surrogate_pair_has_a_digest_of_its_own() -> None:
    assert len({digest({"a": text}) for text in ("\ud800", "\ud801", "\ufffd", "?")}) == 4


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nesting_of_100000_has_a_text(opening: str) -> None:
    value: Any = 1
    for _ in range(100_000):
        value = [value] if opening == "[" else {"a": value}
    closing = "]" if opening == "[" else "}"
    assert canonical(value) == opening * 100_000 + "1" + closing * 100_000
