"""Counts, causes and windows in words."""

from __future__ import annotations

import pytest

from policyctl.model.decision import CAUSES as KNOWN
from policyctl.report.number import several
from policyctl.report.simulate.words import CAUSES, per, share


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, "0%"),
        (0, 5, "0%"),
        (5, 5, "100%"),
        (1, 3, "33.3%"),
        (1, 1_000_000, "0.1%"),
        (999_999, 1_000_000, "99.9%"),
        (1, 8, "12.5%"),
    ],
)
def test_a_share_is_all_or_nothing_only_if_it_is(part: int, whole: int, shown: str) -> None:
    assert share(part, whole) == shown


def test_every_cause_is_explained() -> None:
    assert tuple(CAUSES) == KNOWN


def test_one_is_singular() -> None:
    assert [several(count, "policy", "policies") for count in (0, 1, 2)] == ["0 policies", "1 policy", "2 policies"]


@pytest.mark.parametrize(
    ("window", "shown"), [(60, "a minute"), (3_600, "an hour"), (86_400, "a day"), (10, "in 10 s")]
)
def test_a_window_is_named_or_in_seconds(window: int, shown: str) -> None:
    assert per(window) == shown
