"""Exact amounts of any size, and counts of things, as people and programs read them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from policyctl.model.values import JSONValue

if TYPE_CHECKING:
    from policyctl.engine.amount import Amount

#: Every integer up to here survives a reader whose numbers are binary64.
_EXACT_INTEGERS = 2**53
_LONGEST = 15


def number_field(exact: Amount) -> JSONValue:
    """A number if a reader with binary64 gets the exact one back; else its digits as text."""
    value = plain(exact)
    if isinstance(value, int):
        # A text by way of Decimal: Python refuses to print integers of more than 4,300 digits.
        return value if abs(value) <= _EXACT_INTEGERS else str(Decimal(value))
    nearest = float(value)
    return nearest if Decimal(repr(nearest)) == value else str(value)


def number(amount: Amount | float, *, longest: int = _LONGEST) -> str:
    """The number for people: `1,000`, `12.5`, and of one with more than `longest` digits the first ones."""
    value = plain(amount)
    exact = Decimal(value)
    digits = len(exact.as_tuple().digits)
    if digits > longest or not -longest < exact.adjusted() < longest:
        return f"{exact:.6e}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def plain(amount: Amount | float) -> int | Decimal:
    """The same number without zeros at its end."""
    if isinstance(amount, int):
        return amount
    exact = amount if isinstance(amount, Decimal) else Decimal(repr(amount))
    # Most reports only count things, and calls are slow to import.
    from policyctl.engine.amount import EXACT

    # A huge exponent must not become a huge integer.
    if exact == exact.to_integral_value() and exact.adjusted() < _LONGEST:
        return int(exact)
    return exact.normalize(EXACT)


def several(number: int, thing: str, things: str | None = None) -> str:
    """`1 call`, `1,200 calls`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
