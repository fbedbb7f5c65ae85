"""How many calls a limit of amounts has room for, where no call takes little."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf, nextafter

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.find import is_impossible
from policyctl.engine.amount import maximum_of
from policyctl.model.policy import Condition, Limit, Op


def most_by_amount(clauses: Sequence[Clause], limit: Limit, enough: int) -> int | None:
    """The fewest calls that are proved to be the most for which the limit has room; None if that is more than `enough`.

    So many calls fit only if one of them takes no more than its share of the maximum.
    """
    if _may_fit(clauses, limit, enough + 1):
        return None
    low, high = 0, enough
    while low < high:
        middle = (low + high) // 2
        if _may_fit(clauses, limit, middle + 1):
            low = middle + 1
        else:
            high = middle
    return low


def _may_fit(clauses: Sequence[Clause], limit: Limit, calls: int) -> bool:
    """Whether there may be a call of which so many fit."""
    assert limit.amount_from is not None
    share = Fraction(maximum_of(limit)) / calls
    # Rounded up: to ask for a little more than the share proves no less.
    bound = int(share) if share.denominator == 1 else nextafter(float(share), inf)
    return not is_impossible((*clauses, ((Literal(Condition(limit.amount_from, Op.LTE, bound), True),),)))
