"""Usage that the user gives instead of a trace: `COUNTER=N`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

import msgspec

from policyctl.engine.amount import Amount
from policyctl.engine.ledger import Ledger
from policyctl.errors import PolicyctlError
from policyctl.model.call import Call
from policyctl.model.policy import Limit, Policy
from policyctl.reading.suggest import closest, listing


def with_subject(call: Call) -> Call:
    """The call at some time and of somebody, so that usage that is given is its own; what it says itself stays."""
    return msgspec.structs.replace(
        call, ts=call.ts or "1970-01-01T00:00:00Z", session=call.session or "", grant=call.grant or ""
    )


def use_up(policy: Policy, ledger: Ledger, call: Call, tool: str, given: Sequence[str]) -> None:
    """Write usage into an empty ledger; each of `given` names a counter or a pointer of a limit, and how much is used."""
    limits = policy.limits_of(tool)
    for text in given:
        name, separator, number = text.rpartition("=")
        chosen = [limit for limit in limits if name in _names(limit)]
        if not separator or not chosen:
            raise _unknown(text, name if separator else text, limits)
        for limit in chosen:
            ledger.use_up(limit, call, _amount(text, number))


def _names(limit: Limit) -> tuple[str, ...]:
    return (limit.counter or "rate_limit", limit.pointer)


def _amount(text: str, number: str) -> Amount:
    try:
        amount = Decimal(number)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or abs(amount.adjusted()) > _DIGITS:
        raise PolicyctlError(f"`--used {text}` gives no amount", hint="write a number: `--used orders_per_minute=9`")
    return int(amount) if amount == amount.to_integral_value() else amount


_DIGITS = 300


def _unknown(text: str, name: str, limits: Sequence[Limit]) -> PolicyctlError:
    names = [_names(limit)[0] for limit in limits]
    if not names:
        return PolicyctlError(f"`--used {text}` has no effect", hint="no limit counts this call")
    near = closest(name, names)
    hint = f"did you mean `{near}`?" if near else f"the call counts in {listing(dict.fromkeys(names), joint='and')}"
    return PolicyctlError(f"`--used {text}` names no limit of this call", hint=hint)
