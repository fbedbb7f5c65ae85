"""Limits in the JSON of a simulation."""

from __future__ import annotations

from policyctl.engine.amount import maximum_of
from policyctl.model.time import format_instant
from policyctl.model.values import JSONValue
from policyctl.report.number import number_field
from policyctl.report.simulate.limits import headroom
from policyctl.simulate.result import LimitRow
from policyctl.source.pointer import format_path


def limit_fields(row: LimitRow) -> dict[str, JSONValue]:
    """One limit with what was asked of it."""
    limit = row.limit
    return {
        "policy": row.policy,
        "rule": limit.rule,
        "pointer": limit.pointer,
        "counter": limit.counter,
        "max": number_field(maximum_of(limit)),
        "window": limit.window,
        "scope": limit.scope.value,
        "amount_from": None if limit.amount_from is None else format_path(limit.amount_from),
        "denied": row.denied,
        "sliding_denied": row.sliding_denied,
        "peak": {"used": number_field(row.peak), "subject": row.peak_subject, "at": time_field(row.peak_at)},
        "headroom": number_field(headroom(row)),
        "enough": number_field(row.demand),
        "subjects": row.subjects,
        "uncertain": row.uncertain,
    }


def time_field(moment: int | None) -> str | None:
    """An instant as RFC 3339; None stays None."""
    return None if moment is None else format_instant(moment)
