"""Limits and the short form of one, `rate_limit`."""

from __future__ import annotations

from typing import Any

from policyctl.model.policy import NAMED_WINDOWS, Limit, Scope
from policyctl.reading.fields import (
    MISSING,
    describe,
    elements,
    known_keys,
    required_keys,
    take_object,
    take_text,
    take_word,
)
from policyctl.reading.findings import Findings
from policyctl.reading.path import read_path
from policyctl.reading.predicate import RuleNames, read_message
from policyctl.reading.suggest import closest, listing
from policyctl.source.fault import quote

_KEYS = ("counter", "max", "window", "scope", "amount_from", "on_deny")
_RATE_KEYS = ("max", "window")


def read_limits(value: Any, pointer: str, findings: Findings) -> tuple[Limit, ...]:
    """The limits of one list at `pointer`, which is also the stem of their names."""
    names = RuleNames(pointer)
    found = (_read(element, at, findings, names) for element, at in elements(value, pointer, findings, "`limits`"))
    return tuple(limit for limit in found if limit)


def read_rate_limit(value: Any, pointer: str, findings: Findings) -> Limit | None:
    """The short form: so many calls a session, under a count of its own."""
    members = take_object(value, pointer, findings, "`rate_limit`")
    if members is None:
        return None
    known_keys(members, pointer, findings, "`rate_limit`", _RATE_KEYS)
    required_keys(members, pointer, findings, "`rate_limit`", _RATE_KEYS)
    maximum = _read_maximum(members, pointer, findings, of_amounts=False)
    window = _read_window(members.get("window", MISSING), f"{pointer}/window", findings)
    if maximum is None or window is None:
        return None
    return Limit(None, maximum, window, Scope.SESSION, None, None, pointer, pointer)


def _read(value: Any, pointer: str, findings: Findings, names: RuleNames) -> Limit | None:
    members = take_object(value, pointer, findings, "a limit")
    if members is None:
        return None
    known_keys(members, pointer, findings, "a limit", _KEYS)
    complete = required_keys(members, pointer, findings, "the limit", ("counter", "max", "window"))
    counter = take_text(members["counter"], f"{pointer}/counter", findings, "`counter`") if "counter" in members else ""
    amount_from = read_path(members, "amount_from", pointer, findings)
    maximum = _read_maximum(members, pointer, findings, of_amounts="amount_from" in members)
    window = _read_window(members.get("window", MISSING), f"{pointer}/window", findings)
    scope: Scope | None = Scope.GRANT
    if "scope" in members:
        scope = take_word(members["scope"], f"{pointer}/scope", findings, "`scope`", Scope)
    on_deny = read_message(members, "on_deny", pointer, findings)
    if not complete or counter is None or maximum is None or window is None or scope is None:
        return None
    return Limit(counter, maximum, window, scope, amount_from, on_deny, names.next(counter), pointer)


def _read_maximum(members: dict[str, Any], pointer: str, findings: Findings, *, of_amounts: bool) -> int | float | None:
    value = members.get("max", MISSING)
    if value is MISSING:
        return None
    number: int | float | None = _whole(value)
    if of_amounts and number is None and type(value) is float:
        number = value
    if number is not None and number > 0:
        return number
    must, help_ = "a whole number of calls, at least 1", "to allow no call at all, use `action: deny`"
    if of_amounts:
        must, help_ = "a number above 0", "to allow no amount at all, use `action: deny`"
    elif type(value) is float and value > 0:
        help_ = "only a limit with `amount_from` may have a fraction"
    elif type(value) is str and value.isdecimal():
        help_ = "write the number without quotes"
    findings.error("SCH25", f"{pointer}/max", f"`max` must be {must}, not {describe(value)}", help=help_)
    return None


def _read_window(value: Any, pointer: str, findings: Findings) -> int | None:
    if value is MISSING:
        return None
    seconds = NAMED_WINDOWS.get(value) if type(value) is str else _whole(value)
    if seconds is not None and seconds >= 1:
        return seconds
    near = closest(value, NAMED_WINDOWS) if type(value) is str else None
    if near:
        help_ = f"did you mean `{near}`?"
    elif value == "week":
        help_ = "write the seconds: 604800"
    else:
        help_ = f"write {listing(NAMED_WINDOWS)}, or whole seconds from 1 up"
    shown = quote(value) if type(value) is str else describe(value)
    findings.error("SCH25", pointer, f"`window` cannot be {shown}", help=help_)
    return None


def _whole(value: Any) -> int | None:
    """A number without a fraction; `1.0` and `1e3` are as whole as `1`, and a double is its shortest decimal form."""
    if type(value) is int:
        return value
    if type(value) is not float or not value.is_integer():
        return None
    # Most policies write no maximum so, and the module is slow to import.
    from decimal import Decimal

    return int(Decimal(repr(value)))
