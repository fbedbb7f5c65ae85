"""Limits in the JSON of a simulation."""

from __future__ import annotations

from decimal import Decimal

from policyctl.engine.amount import Amount, maximum_of
from policyctl.model.time import format_instant
from policyctl.model.values import JSONValue
from policyctl.report.simulate.limits import headroom
from policyctl.report.simulate.words import plain
from policyctl.simulate.result import LimitRow
from policyctl.source.pointer import format_path

#: Every integer up to here survives a reader whose numbers are binary64.
_EXACT_INTEGERS = 2**53


def limit_fields(row: LimitRow) -> dict[str, JSONValue]:
    """One limit with what was asked of it."""
    limit = row.limit
    return {
        "policy": row.policy,
        "rule": limit.rule,
        "pointer": limit.pointer,
        "counter": limit.counter,
        "max": amount(maximum_of(limit)),
        "window": limit.window,
        "scope": limit.scope.value,
        "amount_from": None if limit.amount_from is None else format_path(limit.amount_from),
        "denied": row.denied,
        "sliding_denied": row.sliding_denied,
        "peak": {"used": amount(row.peak), "subject": row.peak_subject, "at": time_field(row.peak_at)},
        "headroom": amount(headroom(row)),
        "enough": amount(row.demand),
        "subjects": row.subjects,
        "uncertain": row.uncertain,
    }


def amount(exact: Amount) -> JSONValue:
    """A number if a reader with binary64 gets the exact one back; else its digits as text."""
    value = plain(exact)
    if isinstance(value, int):
        # A text by way of Decimal: Python refuses to print integers of more than 4,300 digits.
        return value if abs(value) <= _EXACT_INTEGERS else str(Decimal(value))
    nearest = float(value)
    return nearest if Decimal(repr(nearest)) == value else str(value)


def time_field(moment: int | None) -> str | None:
    """An instant as RFC 3339; None stays None."""
    return None if moment is None else format_instant(moment)
