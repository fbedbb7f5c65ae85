"""How much fits under several limits at once, against trying all there is."""

from __future__ import annotations

from itertools import product
from math import lcm
from random import Random

import pytest

from policyctl.cells.schedule import FIRST_SECOND
from policyctl.diff.quotas import Batch, Quota, exceed

#: Every window of these tests begins with the first second.
START = FIRST_SECOND
assert START % 60 == 0


def most_by_trying(quotas: list[Quota], target: Quota) -> int:
    """The most units in any window of the target, from every way to spread them over its seconds."""
    most = 0
    period = lcm(target.window, *(quota.window for quota in quotas))
    highest = min(quota.most for quota in quotas)
    for start in range(0, period, target.window):
        for counts in product(range(highest + 1), repeat=target.window):
            if sum(counts) > most and keeps(quotas, start, counts):
                most = sum(counts)
    return most


def keeps(quotas: list[Quota], start: int, counts: tuple[int, ...]) -> bool:
    for quota in quotas:
        taken: dict[int, int] = {}
        for offset, count in enumerate(counts):
            number = (start + offset) // quota.window
            taken[number] = taken.get(number, 0) + count
            if taken[number] > quota.most:
                return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_a_sequence_is_found_exactly_if_one_of_all_ways_is_one(seed: int) -> None:
    random = Random(seed)
    for _ in range(40):
        quotas = [Quota(random.randrange(1, 5), random.randrange(1, 7)) for _ in range(random.randrange(1, 4))]
        window = random.randrange(1, 6)
        most = most_by_trying(quotas, Quota(0, window))
        for allowed in (most - 1, most):
            if allowed < 0:
                continue
            found = exceed(quotas, Quota(allowed, window))
            assert found is not None
            assert bool(found) is (allowed < most), (quotas, allowed, window)
            assert_real(found, quotas, Quota(allowed, window))


def assert_real(batches: tuple[Batch, ...], quotas: list[Quota], target: Quota) -> None:
    if not batches:
        return
    assert sum(batch.count for batch in batches) == target.most + 1
    assert len({batch.second // target.window for batch in batches}) == 1
    for quota in quotas:
        for number in {batch.second // quota.window for batch in batches}:
            inside = (batch.count for batch in batches if batch.second // quota.window == number)
            assert sum(inside) <= quota.most


def test_limits_that_only_together_imply_a_third_do() -> None:
    """Ten minutes have room for ten each, an hour for forty: no window of eleven minutes takes more than forty of them."""
    minutes, hours = Quota(10, 60), Quota(40, 3_600)
    assert exceed([minutes, hours], Quota(40, 600)) == ()
    assert exceed([minutes], Quota(40, 600)) != ()
    # A day of 24 hours has 24 times 40 of them, unless a week has less.
    assert exceed([minutes, hours], Quota(960, 86_400)) == ()
    assert exceed([minutes, hours], Quota(959, 86_400))


def test_windows_that_do_not_nest_are_put_where_they_meet_most_all_of_them_together() -> None:
    short, long = Quota(2, 7), Quota(5, 25)
    assert exceed([short], Quota(19, 60))
    assert exceed([long], Quota(19, 60))
    found = exceed([short, long], Quota(17, 60))
    assert found
    assert_real(found, [short, long], Quota(17, 60))
    assert exceed([short, long], Quota(18, 60)) == ()


def test_without_a_quota_everything_is_taken_at_once() -> None:
    assert exceed([], Quota(10**12, 60)) == (Batch(START, 10**12 + 1),)


def test_what_takes_too_many_instants_is_neither_found_nor_proven() -> None:
    # It takes one of a billion ways in which their windows can lie.
    assert exceed([Quota(3, 991), Quota(3, 997), Quota(3, 1_009)], Quota(8, 1_013)) is None


def test_a_window_longer_than_the_calendar_is_proven_by_single_quotas_alone() -> None:
    assert exceed([Quota(5, 10**13)], Quota(5, 10**12)) == ()
    assert exceed([Quota(5, 10**12), Quota(4, 60)], Quota(3, 10**12 + 1))
