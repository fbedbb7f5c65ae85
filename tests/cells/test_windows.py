"""Which limit follows from which."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyctl.cells.windows import implies, most_windows
from policyctl.model.policy import Limit, Scope

LIMIT = Limit("calls", 10, 60, Scope.GRANT, None, None, "/rule", "/pointer")


def limit(maximum: float, window: int, **changes: object) -> Limit:
    return replace(LIMIT, maximum=maximum, window=window, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "target", "follows"),
    [
        (limit(10, 60), limit(600, 3600), True),
        (limit(10, 60), limit(599, 3600), False),
        (limit(30, 3600), limit(30, 60), True),
        (limit(30, 3600), limit(29, 60), False),
        (limit(30, 3600), limit(30, 3600), True),
        # A minute meets up to ten windows of 7 seconds.
        (limit(1, 7), limit(10, 60), True),
        (limit(1, 7), limit(9, 60), False),
        (limit(0.5, 60, amount_from=("x",)), limit(30, 3600, amount_from=("x",)), True),
        (limit(0.5, 60, amount_from=("x",)), limit(30, 3600, amount_from=("y",)), False),
        (limit(1, 60), limit(60, 3600, scope=Scope.SESSION), False),
    ],
)
def test_a_limit_follows_from_another_of_the_same_subject_and_amount(held: Limit, target: Limit, follows: bool) -> None:
    assert implies(held, target) is follows


@given(st.integers(1, 40), st.integers(1, 40))
def test_no_window_meets_more_windows_of_another_length_than_it_says(window: int, within: int) -> None:
    met = max((start + within - 1) // window - start // window + 1 for start in range(0, within * window * 2, within))
    assert most_windows(window, within) == met
