"""The limits that count every call: a sequence that shows a difference may be made of any tools."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from policyctl.cells.schedule import Taker, schedule
from policyctl.cells.trial import call_of
from policyctl.diff.calls import Pair
from policyctl.diff.limits import (
    arguments,
    confirmed,
    find_sequence,
    held_beside,
    is_vain,
    not_implied,
    taker_of,
    unproven,
)
from policyctl.diff.result import Direction, SequenceWitness, Side
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
    return unproven(targets)


def _mixed(pairs: Sequence[Pair], direction: Direction, target: Limit) -> SequenceWitness | None:
    """Calls of all the tools in turn."""
    held = {limit.pointer: limit for pair in pairs for limit in held_beside(pair, direction, target)}
    calls: list[Call] = []
    takers: list[Taker] = []
    for pair in pairs:
        counting = held_beside(pair, direction, target)
        args = next(iter(arguments(pair, target, counting)), None)
        if args is None:
            continue
        call = call_of(pair.tool, args)
        taker = taker_of(call, counting, target)
        if taker.of_target:
            calls.append(call)
            takers.append(Taker({pointer: taker.takes.get(pointer, Fraction(0)) for pointer in held}, taker.of_target))
    runs = schedule(takers, tuple(held.values()), target)
    return confirmed(runs, calls, pairs, direction, target.scope) if runs else None
