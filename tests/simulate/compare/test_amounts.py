"""Sums of what one policy alone lets through, and what they do not give away."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from policyctl.simulate.compare.result import AmountRow, AmountSum
from tests.simulate.compare.compared import compared

LIMIT = {"counter": "money", "max": 1000, "window": "day", "amount_from": "args.amount"}
OPEN = {"version": "1", "default": "allow", "tools": {"pay": {"limits": [LIMIT]}}}


def bounded(maximum: float, **more: Any) -> dict[str, Any]:
    condition = {"path": "args.amount", "op": "gt", "value": maximum}
    return {"version": "1", "default": "allow", "tools": {"pay": {"deny_if": [{"conditions": [condition]}], **more}}}


def pay(amount: Any, tool: str = "pay", **more: Any) -> dict[str, Any]:
    return {"tool": tool, "args": {"amount": amount, "fee": 1}, "ts": "2026-01-01T00:00:00Z", "grant": "g", **more}


def rows(base: Any, new: Any, *calls: dict[str, Any], **options: Any) -> tuple[AmountRow, ...]:
    return compared(base, new, calls, **options).amounts


NOTHING = AmountSum(0, 0, None)


def test_what_a_limit_of_either_policy_counts_is_an_amount() -> None:
    calls = [pay(0.1), pay(0.2), pay(5)]
    [row] = rows(bounded(0.05), OPEN, *calls)
    assert (row.tool, row.path) == ("pay", ("amount",))
    assert (row.let_through, row.stopped) == (AmountSum(3, 3, Decimal("5.3")), NOTHING)
    [back] = rows(OPEN, bounded(0.05), *calls)
    assert (back.let_through, back.stopped) == (row.stopped, row.let_through)


def test_without_a_declaration_nothing_is_added_up() -> None:
    assert rows(bounded(1), bounded(9), pay(5), pay(6)) == ()


def test_the_user_may_name_an_amount_for_whatever_tools_have_it() -> None:
    [row] = rows(bounded(1), bounded(9), pay(5), pay(6), pay(7, tool="other"), amounts=(("amount",), ("none",)))
    assert (row.tool, row.path, row.let_through.total) == ("pay", ("amount",), 11)


def test_the_sum_of_a_single_number_is_shown_only_where_values_may_be() -> None:
    [row] = rows(bounded(1), OPEN, pay(5), pay(1))
    assert row.let_through == AmountSum(1, 1, None)
    [row] = rows(bounded(1), OPEN, pay(5), pay(1), show_args=True)
    assert row.let_through == AmountSum(1, 1, 5)


def test_what_a_limit_could_not_count_is_counted_as_a_call_alone() -> None:
    closed = {"version": "1", "default": "allow", "tools": {"pay": {"action": "deny"}}}
    calls = [pay(amount) for amount in (2, 3, -1, "4", None, True)]
    both = {"version": "1", "default": "allow"}
    [row] = rows(closed, both, *calls, amounts=(("amount",),))
    assert row.let_through == AmountSum(6, 2, 5)


def test_an_approval_is_not_yet_let_through() -> None:
    ask = {"version": "1", "default": "allow", "tools": {"pay": {"action": "require_approval", "limits": [LIMIT]}}}
    closed = {"version": "1", "default": "allow", "tools": {"pay": {"action": "deny", "limits": [LIMIT]}}}
    assert rows(ask, closed, pay(1), pay(2)) == ()
    [row] = rows(ask, OPEN, pay(1), pay(2))
    assert row.let_through.total == 3
    [row] = rows(OPEN, ask, pay(1), pay(2))
    assert row.stopped.total == 3


def test_a_redacted_amount_is_no_number() -> None:
    closed = {"version": "1", "default": "allow", "tools": {"pay": {"action": "deny"}}}
    calls = [pay(1), pay(2), pay(3, redacted=["/amount"])]
    [row] = rows(closed, {"version": "1", "default": "allow"}, *calls, amounts=(("amount",),))
    assert row.let_through == AmountSum(3, 2, 3)
