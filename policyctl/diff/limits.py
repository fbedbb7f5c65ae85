"""A sequence of calls that the limits of one policy admit and those of another do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policyctl.cells.confirm import confirm
from policyctl.cells.find import Nothing, find
from policyctl.cells.instance import is_valid, unknown_words
from policyctl.cells.schedule import Run
from policyctl.cells.trial import Burst, call_of
from policyctl.cells.valid import SchemaFit
from policyctl.cells.windows import implies
from policyctl.diff.amounts import Path, Range, range_of
from policyctl.diff.attempts import attempts
from policyctl.diff.bounds import at_best
from policyctl.diff.calls import Pair, passing_both
from policyctl.diff.quotas import exceed
from policyctl.diff.result import Direction, SequenceWitness, Side, Unproven
from policyctl.model.call import Call
from policyctl.model.policy import Limit, Scope
from policyctl.model.time import SECOND, format_instant


def find_sequence(pair: Pair, direction: Direction, targets: Iterable[Limit]) -> Side:
    """Calls of the tool that the one policy admits all of, and the other does not for want of room in one of its `targets`.

    None if there are none, which is a proof; a call that only one of the policies lets through at all is not looked for
    here.
    """
    more, less = pair.in_order(direction)
    if not more.height or not less.height:
        return None
    open_limits = not_implied(more.limits, targets)
    if not open_limits or is_vain(pair):
        return None
    reasons: list[str] = []
    for target in open_limits:
        match _exceed(pair, direction, target):
            case SequenceWitness() as witness:
                return witness
            case Unproven(unknown):
                reasons.extend(unknown)
            case _:
                pass
    return Unproven(tuple(reasons)) if reasons else None


def not_implied(held: Iterable[Limit], targets: Iterable[Limit]) -> list[Limit]:
    """Those of the targets that no single limit that is held keeps from being exceeded."""
    held = tuple(held)
    return [target for target in targets if not any(implies(limit, target) for limit in held)]


def unproven(targets: Iterable[Limit]) -> Unproven:
    """Neither a sequence nor a proof that there is none."""
    return Unproven(
        tuple(
            f"no sequence of calls was found that exceeds `{limit.rule}` of {limit.maximum} every {limit.window} s, "
            "nor a proof that there is none"
            for limit in targets
        )
    )


def is_vain(pair: Pair) -> bool:
    """Whether there is no such call, so that no limit makes a difference."""
    heights = pair.old_stand.height, pair.new_stand.height
    return not all(heights) or isinstance(find(passing_both(pair)), Nothing)


def _exceed(pair: Pair, direction: Direction, target: Limit) -> Side:
    """A sequence that takes more than the target has; None if it is proven that there is none."""
    held = held_beside(pair, direction, target)
    bounds = ranges(pair, (target, *held))
    best = at_best(target, held, bounds)
    batches = exceed(best.quotas, best.target)
    if batches == ():
        return None
    for runs, calls in attempts(pair, target, held, bounds, None if batches is None else (best, batches)):
        witness = confirmed(runs, calls, [pair], direction, target.scope)
        if witness is not None:
            return witness
    return unproven([target])


def ranges(pair: Pair, limits: Iterable[Limit]) -> dict[Path, Range]:
    """The bounds of every amount that one of the limits counts, in calls that both policies let through."""
    stands = pair.old_stand, pair.new_stand
    counted = [limit for stand in stands for limit in stand.limits]
    paths = dict.fromkeys(limit.amount_from for limit in limits if limit.amount_from is not None)
    passing = passing_both(pair)
    return {path: range_of(path, passing, [stand.rules for stand in stands], counted) for path in paths}


def held_beside(pair: Pair, direction: Direction, target: Limit) -> list[Limit]:
    """The limits of the more generous policy that count for the same subject: of the other scope each call has its own."""
    more, _ = pair.in_order(direction)
    return [limit for limit in more.limits if limit.scope is target.scope]


def confirmed(
    runs: Iterable[Run], calls: Sequence[Call], pairs: Sequence[Pair], direction: Direction, scope: Scope
) -> SequenceWitness | None:
    """The sequence of calls of these tools up to the first that shows the difference, if the engine confirms it."""
    bursts = [Burst(_at(calls[run.taker], run.second), run.count) for run in runs]
    is_wider, is_approved = direction is Direction.WIDER, any(pair.asks_a_person for pair in pairs)
    old_policy, new_policy = pairs[0].old, pairs[0].new
    admits, refuses = (new_policy, old_policy) if is_wider else (old_policy, new_policy)
    found = confirm(bursts, admits, refuses, scope=scope, is_approved=is_approved)
    if found is None:
        return None
    made, admitted, refused = found
    old, new = (refused, admitted) if is_wider else (admitted, refused)
    return SequenceWitness(made, scope, old, new, is_approved, _fit(made, pairs))


def _fit(bursts: Iterable[Burst], pairs: Iterable[Pair]) -> SchemaFit | None:
    """What the schemas say of all calls together; None if no tool has one."""
    schemas = {pair.tool: pair.schema for pair in pairs if pair.schema is not None}
    judged = [burst.call for burst in bursts if burst.call.tool in schemas]
    if not judged:
        return None
    schema_of = {call.tool: schemas[call.tool] for call in judged}
    is_sure = not any(True for schema in schema_of.values() for _ in unknown_words(schema))
    are_valid = all(is_valid(call.args, schema_of[call.tool], schema_of[call.tool]) for call in judged)
    return SchemaFit.VALID if is_sure and are_valid else SchemaFit.UNCHECKED


def _at(call: Call, second: int) -> Call:
    return call_of(call.tool, call.args, format_instant(second * SECOND))
