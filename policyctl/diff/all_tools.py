"""The limits that count every call: a sequence that shows a difference may be made of any tools."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from policyctl.cells.schedule import Taker, schedule
from policyctl.cells.trial import call_of
from policyctl.diff.amounts import Range
from policyctl.diff.attempts import arguments, taker_of
from policyctl.diff.bounds import at_best
from policyctl.diff.calls import Pair
from policyctl.diff.limits import (
    confirmed,
    find_sequence,
    held_beside,
    is_vain,
    not_implied,
    ranges,
    unproven,
)
from policyctl.diff.quotas import exceed
from policyctl.diff.result import Direction, SequenceWitness, Side
from policyctl.engine.amount import maximum_of
from policyctl.model.call import Call
from policyctl.model.policy import Limit, Policy

#: Tools that are tried one by one, and tools that are tried together.
MOST_TOOLS = 40


def find_in_all_tools(old: Policy, new: Policy, pairs: Sequence[Pair], direction: Direction) -> Side:
    """A sequence of calls of the tools that the limits for all tools of one policy admit, and those of the other do not."""
    more, less = (new, old) if direction is Direction.WIDER else (old, new)
    targets = not_implied(more.all_tools_limits, less.all_tools_limits)
    useful = [pair for pair in pairs if not is_vain(pair)] if targets else []
    if not useful:
        return None
    targets = [target for target in targets if not _is_kept(target, useful, direction)]
    # A tool that has no limits of its own shows the most.
    useful.sort(key=lambda pair: len(pair.old_stand.own_limits) + len(pair.new_stand.own_limits))
    useful = useful[:MOST_TOOLS]
    for pair in useful:
        found = find_sequence(pair, direction, targets)
        if isinstance(found, SequenceWitness):
            return found
    for target in targets:
        mixed = _mixed(useful, direction, target)
        if mixed is not None:
            return mixed
    return unproven(targets) if targets else None


def _is_kept(target: Limit, pairs: Sequence[Pair], direction: Direction) -> bool:
    """Whether it is proven that no calls exceed it: the limits for all tools see to it, or those of each tool add up to less."""
    most = Fraction(0)
    for pair in pairs:
        held = held_beside(pair, direction, target)
        best = at_best(target, held, ranges(pair, (target, *held)))
        if not best.quotas:
            return False
        most += min(quota.most_within(target.window) for quota in best.quotas) * best.unit
        if most > maximum_of(target):
            break
    else:
        return True
    return _is_kept_by_all(target, pairs[0], direction)


def _is_kept_by_all(target: Limit, pair: Pair, direction: Direction) -> bool:
    """Whether the limits for all tools alone keep it, whatever tools are called with whatever amounts."""
    more, less = pair.in_order(direction)
    common, both = more.common_limits, (*more.common_limits, *less.common_limits)
    held = [limit for limit in common if limit.scope is target.scope]
    paths = dict.fromkeys(limit.amount_from for limit in (target, *held) if limit.amount_from is not None)
    amounts = {path: Range(0, min(one.maximum for one in both if one.amount_from == path)) for path in paths}
    best = at_best(target, held, amounts)
    return exceed(best.quotas, best.target) == ()


def _mixed(pairs: Sequence[Pair], direction: Direction, target: Limit) -> SequenceWitness | None:
    """Calls of all the tools in turn."""
    held = {limit.pointer: limit for pair in pairs for limit in held_beside(pair, direction, target)}
    calls: list[Call] = []
    takers: list[Taker] = []
    for pair in pairs:
        counting = held_beside(pair, direction, target)
        args = next(iter(arguments(pair, target, counting, ranges(pair, (target, *counting)))), None)
        if args is None:
            continue
        call = call_of(pair.tool, args)
        taker = taker_of(call, counting, target)
        if taker.of_target:
            calls.append(call)
            takers.append(Taker({pointer: taker.takes.get(pointer, Fraction(0)) for pointer in held}, taker.of_target))
    runs = schedule(takers, tuple(held.values()), target)
    return confirmed(runs, calls, pairs, direction, target.scope) if runs else None
