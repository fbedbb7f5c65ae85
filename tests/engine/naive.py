"""Limits as a list of everything that was ever consumed, counted anew for every call: too plain to be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from policyctl.engine.ledger import Windows
from policyctl.model.call import Call
from policyctl.model.decision import Verdict
from policyctl.model.policy import Limit, Policy, Scope
from policyctl.model.time import SECOND, format_instant, instant


@dataclass(frozen=True, slots=True)
class Use:
    subject: Hashable
    at: int
    amount: Fraction


@dataclass
class NaiveLimits:
    """Complete records only: every call says when it was made and whose it is."""

    policy: Policy
    windows: Windows
    used: dict[str, list[Use]] = field(default_factory=dict)
    refused: dict[str, list[Use]] = field(default_factory=dict)
    peak: Counter[str] = field(default_factory=Counter)
    demand: Counter[str] = field(default_factory=Counter)

    def admit(self, call: Call) -> tuple[Verdict, str | None]:
        """The verdict, and the place of the limit that denies."""
        limits = self.policy.limits_of(call.tool)
        wanted = {limit.pointer: _amount(limit, call) for limit in limits}
        full = [limit.pointer for limit in limits if not self._has_room(limit, call, wanted[limit.pointer])]
        for limit in limits:
            amount = wanted[limit.pointer]
            if amount is not None and call.outcome != "protocol_error":
                self._enter(limit, call, amount, refused=bool(full))
            elif amount is not None:
                self._want(limit, call, amount)
        return (Verdict.DENY, full[0]) if full else (Verdict.ALLOW, None)

    def _has_room(self, limit: Limit, call: Call, amount: Fraction | None) -> bool:
        maximum = Fraction(Decimal(repr(limit.maximum)))
        return amount is not None and self._count(self.used, limit, call) + amount <= maximum

    def _count(self, uses: dict[str, list[Use]], limit: Limit, call: Call) -> Fraction:
        at, window = _at(call), limit.window * SECOND
        return sum(
            (
                use.amount
                for use in uses.get(limit.pointer, [])
                if use.subject == _subject(limit, call)
                and (
                    use.at // window == at // window
                    if self.windows is Windows.FIXED
                    else at - window < use.at <= at
                )
            ),
            Fraction(0),
        )  # fmt: skip

    def _enter(self, limit: Limit, call: Call, amount: Fraction, *, refused: bool) -> None:
        uses, place = self.refused if refused else self.used, limit.pointer
        uses.setdefault(place, []).append(Use(_subject(limit, call), _at(call), amount))
        if not refused:
            used = self._count(self.used, limit, call)
            self.peak[place] = max(self.peak[place], used)  # type: ignore[assignment]
        self._want(limit, call, Fraction(0))

    def _want(self, limit: Limit, call: Call, more: Fraction) -> None:
        wanted = self._count(self.used, limit, call) + self._count(self.refused, limit, call) + more
        self.demand[limit.pointer] = max(self.demand[limit.pointer], wanted)  # type: ignore[assignment]


def _at(call: Call) -> int:
    at = instant(call.ts or "")
    assert at is not None
    return at


def _subject(limit: Limit, call: Call) -> Hashable:
    return ("session", call.session) if limit.scope is Scope.SESSION else ("grant", call.server, call.grant)


def _amount(limit: Limit, call: Call) -> Fraction | None:
    if limit.amount_from is None:
        return Fraction(1)
    value = call.args.get(limit.amount_from[0])
    if type(value) not in {int, float} or value < 0 or value == float("inf"):
        return None
    return Fraction(Decimal(repr(value)))


@st.composite
def limited_policies(draw: st.DrawFn) -> dict[str, Any]:
    """Policies of limits alone, over two tools."""
    return {
        "tools": {"t": {"limits": draw(st.lists(_LIMITS, max_size=2))}, "u": draw(_RATED)},
        "all_tools": {"limits": draw(st.lists(_LIMITS, max_size=1))},
    }


_COUNTED = st.fixed_dictionaries(
    {"counter": st.just("c"), "max": st.integers(1, 4), "window": st.sampled_from([5, 10, "minute"])},
    optional={"scope": st.sampled_from(["grant", "session"])},
)
_WEIGHED = st.builds(
    lambda limit, maximum: {**limit, "max": maximum, "amount_from": "args.a"},
    _COUNTED,
    st.sampled_from([1, 2.5, 0.3, 4]),
)
_LIMITS = _COUNTED | _WEIGHED
_RATED = st.fixed_dictionaries({}, optional={"rate_limit": st.just({"max": 2, "window": 10})})

_AMOUNTS: Sequence[Any] = (0, 1, 2, 0.1, 0.2, 0.30000000000000004, 0.5, 3, -1, True, "1", float("inf"), None)
_STEPS = st.sampled_from([0, 0, 1, 3, 5, 9, 20])


@st.composite
def complete_calls(draw: st.DrawFn, *, backwards: int = 0, size: int = 25) -> list[Call]:
    """Calls that leave nothing out; a step back of up to `backwards` seconds makes them come out of order."""
    now = draw(st.integers(0, 120)) * SECOND
    calls = []
    for _ in range(draw(st.integers(1, size))):
        now += draw(_STEPS) * SECOND // draw(st.sampled_from([1, 2]))
        back = draw(st.integers(0, backwards)) if backwards and draw(st.booleans()) else 0
        calls.append(
            Call(
                tool=draw(st.sampled_from(["t", "t", "u"])),
                args={"a": draw(st.sampled_from(_AMOUNTS))} if draw(st.booleans()) else {"a": 1},
                ts=format_instant(now - back * SECOND),
                grant=draw(st.sampled_from("gh")),
                session=draw(st.sampled_from("ss2")),
                server=draw(st.sampled_from([None, None, "x"])),
                outcome=draw(st.sampled_from([None, None, "ok", "protocol_error"])),
            )
        )
    return calls
