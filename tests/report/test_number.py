"""Amounts of any size in words and in JSON."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.engine.amount import Amount
from policyctl.model.values import JSONValue
from policyctl.report.number import number, number_field


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (0, "0"),
        (1_000, "1,000"),
        (0.5, "0.5"),
        (100.0, "100"),
        (Decimal("1199.990"), "1,199.99"),
        (Decimal("1E+3"), "1,000"),
        pytest.param(10**4300, "1.000000e+4300", id="huge"),
        (Decimal("1e-300"), "1.000000e-300"),
        (1e300, "1.000000e+300"),
    ],
)
def test_a_number_is_written_for_people(exact: Amount | float, shown: str) -> None:
    assert number(exact) == shown


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_a_number_of_common_size_loses_nothing(exact: Decimal) -> None:
    assert Decimal(number(exact).replace(",", "")) == exact


def test_a_reader_who_wants_more_digits_gets_them() -> None:
    assert number(2**60, longest=40) == "1,152,921,504,606,846,976"


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (0, 0),
        (2**53, 2**53),
        (2**53 + 1, "9007199254740993"),
        (Decimal("9.90"), 9.9),
        (Decimal("1199.99"), 1199.99),
        (Decimal("12.00"), 12),
        (Decimal("0.1") + Decimal("1e-20"), "0.10000000000000000001"),
        (Decimal("1e300"), 1e300),
        (Decimal("1e400"), "1E+400"),
    ],
)
def test_an_amount_is_a_number_only_if_every_reader_gets_it_exactly(exact: Amount, shown: JSONValue) -> None:
    found = number_field(exact)
    assert (found, type(found)) == (shown, type(shown))


def test_an_amount_may_have_more_digits_than_python_likes_to_print() -> None:
    assert number_field(10**4300) == "1" + "0" * 4300
