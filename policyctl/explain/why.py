"""Why a condition holds or does not, in words; never with a value of the call."""

from __future__ import annotations

from typing import Any

from policyctl.engine.equality import Hole, holes_in
from policyctl.engine.record import Absent, Found, Record, Seen, Unseen
from policyctl.engine.truth import Truth
from policyctl.model.args_state import ArgsState
from policyctl.model.policy import Condition, Op
from policyctl.source.pointer import format_path

_ORDER = frozenset({Op.LT, Op.LTE, Op.GT, Op.GTE})
_EQUALITY = frozenset({Op.EQ, Op.NEQ})

_UNSEEN = {
    ArgsState.ABSENT: "the record has no arguments",
    ArgsState.HASHED: "the record has only a hash of the arguments",
    ArgsState.UNPARSEABLE: "the recorded arguments are no object",
    ArgsState.KEYS_ONLY: "the record has the names of the arguments and not their values",
    ArgsState.FULL: "it is redacted",
}


def reason(condition: Condition, record: Record, found: Found, truth: Truth) -> str | None:
    """What decided a condition beyond the comparison itself; None where the value seen says it all."""
    match found:
        case Absent():
            return _absence(condition, record)
        case Unseen():
            certain = "; nothing present holds here" if truth is Truth.FALSE else ""
            return _UNSEEN[record.state] + certain
        case Seen(value=value) if any(True for _ in holes_in(value)):
            return "a part of it is redacted"
        case Seen(value=value):
            return _mistyped(condition, value)


def is_missing_or_mistyped(condition: Condition, found: Found) -> bool:
    """Whether a condition is false because there is nothing, or nothing of its type, to compare."""
    match found:
        case Absent():
            return not (condition.op is Op.EXISTS and condition.value is False)
        case Seen(value=value) if not isinstance(value, Hole):
            return condition.op not in _EQUALITY and _mistyped(condition, value) is not None
        case _:
            return False


def _absence(condition: Condition, record: Record) -> str:
    what = _what_is_missing(record.shown, condition.path) if record.state is ArgsState.FULL else "it is absent"
    if condition.op is Op.EXISTS:
        return what
    return f"{what}, where only `exists: false` holds"


def _what_is_missing(shown: Any, path: tuple[str, ...]) -> str:
    value = shown
    for depth, key in enumerate(path):
        if isinstance(value, Hole):
            value = value.members
        if value is not None and not isinstance(value, dict):
            return f"it is absent, since `{format_path(path[:depth])}` is {kind_of(value)}"
        if value is None or key not in value:
            return "it is absent"
        value = value[key]
    return "it is null, which counts as absent"


def _mistyped(condition: Condition, value: Any) -> str | None:
    """What keeps a value from being compared at all."""
    kind = kind_of(value)
    match condition.op:
        case op if op in _ORDER and kind != "a number":
            return f"it is {kind}, not a number"
        case Op.REGEX if kind != "text":
            return f"it is {kind}, not text"
        case Op.CONTAINS if kind not in {"text", "a list"}:
            return f"it is {kind}, neither text nor a list"
        case Op.CONTAINS if kind == "text" and not isinstance(condition.value, str):
            return f"it is text, which cannot contain {kind_of(condition.value)}"
        case op if op in _EQUALITY and kind != kind_of(condition.value):
            return f"it is {kind}, and the value is {kind_of(condition.value)}"
        case _:
            return None


def kind_of(value: Any) -> str:
    """The type of a JSON value with its article."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case Hole():
            return "redacted"
        case _:
            return "an object"
