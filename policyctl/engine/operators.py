"""Whether a condition holds, in three values; the plain reading of language §2."""

from __future__ import annotations

from typing import Any

from policyctl.engine.equality import Hole, equality, surely_present
from policyctl.engine.record import Absent, Found, Seen, Unseen
from policyctl.engine.truth import Truth, any_of
from policyctl.model.policy import Condition, Op
from policyctl.pattern import compile_pattern


def holds(condition: Condition, found: Found) -> Truth:
    """What is known of `path op value` for what was found at the path."""
    match found:
        case Absent():
            return Truth.of(condition.op is Op.EXISTS and condition.value is False)
        case Unseen():
            return Truth.UNKNOWN if can_hold(condition) else Truth.FALSE
        case Seen(value=Hole() as hole):
            return _holds_for_hidden(condition, hole)
        case Seen(value=value):
            return _holds_for(condition, value)


def can_hold(condition: Condition) -> bool:
    """False for what no argument satisfies: nothing present equals null."""
    match condition.op:
        case Op.EQ:
            return condition.value is not None
        case Op.IN:
            return isinstance(condition.value, list) and any(element is not None for element in condition.value)
        case _:
            return True


def _holds_for_hidden(condition: Condition, hole: Hole) -> Truth:
    """For a value that is absent or an object: absence makes all but `exists: false` false."""
    if condition.op is Op.EXISTS:
        return Truth.UNKNOWN
    return Truth.FALSE if _holds_for(condition, hole) is Truth.FALSE else Truth.UNKNOWN


def _holds_for(condition: Condition, seen: Any) -> Truth:
    value: Any = condition.value
    match condition.op:
        case Op.EXISTS:
            return Truth.of(value)
        case Op.EQ:
            return equality(seen, value)
        case Op.NEQ:
            return _not(equality(seen, value))
        case Op.IN:
            return any_of(equality(seen, element) for element in value)
        case Op.NOT_IN:
            return _not(any_of(equality(seen, element) for element in value))
        case Op.LT:
            return Truth.of(_is_number(seen) and seen < value)
        case Op.LTE:
            return Truth.of(_is_number(seen) and seen <= value)
        case Op.GT:
            return Truth.of(_is_number(seen) and seen > value)
        case Op.GTE:
            return Truth.of(_is_number(seen) and seen >= value)
        case Op.REGEX:
            return Truth.of(isinstance(seen, str) and compile_pattern(value).search(seen))
        case Op.CONTAINS:
            return _contains(seen, value)


def _is_number(seen: Any) -> bool:
    return isinstance(seen, int | float) and not isinstance(seen, bool)


def _contains(seen: Any, value: Any) -> Truth:
    if isinstance(seen, str):
        return Truth.of(isinstance(value, str) and value in seen)
    if not isinstance(seen, list):
        return Truth.FALSE
    certain = surely_present(seen)
    found = any_of(equality(element, value) for element in seen[:certain])
    # Hidden elements at the end may be missing, so they never make it certain.
    return any_of([found, Truth.UNKNOWN]) if certain < len(seen) else found


def _not(truth: Truth) -> Truth:
    match truth:
        case Truth.TRUE:
            return Truth.FALSE
        case Truth.FALSE:
            return Truth.TRUE
        case Truth.UNKNOWN:
            return Truth.UNKNOWN
