from __future__ import annotations

from itertools import permutations

import pytest

from policyctl.cli.exits import ExitCode, strongest


@pytest.mark.parametrize(
    ("codes", "wins"),
    [
        ((), ExitCode.CLEAN),
        ((ExitCode.CLEAN, ExitCode.NOTHING_CHECKED), ExitCode.NOTHING_CHECKED),
        ((ExitCode.NOTHING_CHECKED, ExitCode.TOO_THIN), ExitCode.TOO_THIN),
        ((ExitCode.TOO_THIN, ExitCode.FINDINGS), ExitCode.FINDINGS),
        ((ExitCode.FINDINGS, ExitCode.TROUBLE), ExitCode.TROUBLE),
        ((ExitCode.TROUBLE, ExitCode.BUG), ExitCode.BUG),
    ],
)
def test_the_strongest_code_wins_in_any_order(codes: tuple[ExitCode, ...], wins: ExitCode) -> None:
    assert {strongest(order) for order in permutations(codes)} == {wins}
