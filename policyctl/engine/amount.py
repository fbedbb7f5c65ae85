"""How much a call uses up of a limit, and exact sums of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from typing import Any

from policyctl.engine.record import Absent, Record, Seen, Unseen
from policyctl.model.decision import Doubt
from policyctl.model.policy import Limit

#: Exact: integers have up to 4,300 digits before the point and doubles up to 1,100 behind it; more would raise Inexact.
EXACT = Context(prec=20_000, Emax=999_999_999, Emin=-999_999_999, traps=[Inexact])

Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class UnknownAmount:
    """The record does not say how much."""

    doubts: tuple[Doubt, ...]


class Unaccountable:
    """The argument is missing, or is no number that could be counted: the call is denied."""


UNACCOUNTABLE = Unaccountable()


def amount_of(limit: Limit, record: Record) -> Amount | UnknownAmount | Unaccountable:
    """What this call takes from this limit: 1, or the number that `amount_from` points to."""
    if limit.amount_from is None:
        return 1
    match record.find(limit.amount_from):
        case Seen(value=value):
            return exact_amount(value)
        case Unseen(doubts=doubts):
            return UnknownAmount(doubts)
        case Absent():
            return UNACCOUNTABLE


def exact_amount(value: Any) -> Amount | Unaccountable:
    """A number as an exact amount: a double counts as its shortest decimal form."""
    match value:
        case bool():
            return UNACCOUNTABLE
        case int() if value >= 0:
            return value
        case float() if value >= 0 and math.isfinite(value):
            return int(value) if value.is_integer() and value < 2**53 else Decimal(repr(value))
        case _:
            return UNACCOUNTABLE


def maximum_of(limit: Limit) -> Amount:
    """The most that fits into a window, exact."""
    return exact(limit.maximum)


def exact(maximum: int | float) -> Amount:
    """A number of a policy as an amount: a double is its shortest decimal form."""
    return maximum if isinstance(maximum, int) else Decimal(repr(maximum))


def plus(left: Amount, right: Amount) -> Amount:
    """The exact sum."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    return EXACT.add(Decimal(left), Decimal(right))


def minus(left: Amount, right: Amount) -> Amount:
    """The exact difference."""
    if isinstance(left, int) and isinstance(right, int):
        return left - right
    return EXACT.subtract(Decimal(left), Decimal(right))
