"""How findings put numbers, limits, lists of names and calls."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policyctl.lint.wording import joined, listing, number_text, product, quota, total, written
from policyctl.model.policy import Limit, Scope


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (5.0, "5"),
        (0.5, "0.5"),
        (Decimal("1.50"), "1.5"),
        (-3, "-3"),
        (1e30, "1.000e+30"),
        (1e-30, "1.000e-30"),
        (10**4_299, "1.000e+4299"),
    ],
)
def test_a_number_has_all_its_digits_unless_there_are_very_many(number: float | Decimal, text: str) -> None:
    assert number_text(number) == text


def test_sums_and_products_are_exact_and_of_any_size() -> None:
    assert total([0.1, 0.2]) == Decimal("0.3")
    assert product(0.1, 3) == Decimal("0.3")
    assert number_text(product(10**4_299, 1e300)) == "1.000e+4599"


def test_a_limit_is_told_as_people_say_it() -> None:
    limit = Limit("calls", 1, 3_600, Scope.SESSION, None, None, "", "")
    assert quota(limit) == "1 call an hour and session"
    spent = Limit("spent", 2.5, 90, Scope.GRANT, ("order", "total"), None, "", "")
    assert quota(spent) == "2.5 of `args.order.total` every 90 seconds"


def test_long_lists_and_values_are_cut() -> None:
    assert listing(["a"]) == "`a`"
    assert listing("abcd") == "`a`, `b`, `c` and `d`"
    assert listing("abcde") == "`a`, `b`, `c` and 2 more"
    assert joined([]) == ""
    assert written({"a": "é" * 500}).endswith("é…")
