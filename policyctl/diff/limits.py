"""A sequence of calls that the limits of one policy admit and those of another do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from policyctl.cells.atoms import Clause, Literal
from policyctl.cells.confirm import confirm
from policyctl.cells.find import Example, Nothing, find
from policyctl.cells.instance import is_valid, unknown_words
from policyctl.cells.schedule import Run, Taker, schedule
from policyctl.cells.trial import Burst, call_of
from policyctl.cells.valid import SchemaFit, prefer_valid
from policyctl.cells.windows import implies
from policyctl.diff.calls import Pair
from policyctl.diff.result import Direction, SequenceWitness, Side, Unproven
from policyctl.engine.amount import Unaccountable, UnknownAmount, amount_of, maximum_of
from policyctl.engine.record import Record
from policyctl.model.call import Call
from policyctl.model.policy import Condition, Limit, Op, Scope
from policyctl.model.time import SECOND, format_instant
from policyctl.model.values import JSONValue

#: Into how many calls a maximum is divided in search of an amount that shows a difference.
MOST_SHARES = 12


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
    for target in open_limits:
        found = _exceed(pair, direction, target)
        if found is not None:
            return found
    return unproven(open_limits)


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


def passing_both(pair: Pair) -> tuple[Clause, ...]:
    """The calls that both policies let through while no limit is used up."""
    return (*pair.old_stand.passes(approved=True), *pair.new_stand.passes(approved=True))


def is_vain(pair: Pair) -> bool:
    """Whether there is no such call, so that no limit makes a difference."""
    heights = pair.old_stand.height, pair.new_stand.height
    return not all(heights) or isinstance(find(passing_both(pair)), Nothing)


def _exceed(pair: Pair, direction: Direction, target: Limit) -> SequenceWitness | None:
    """A sequence that takes more than the target has."""
    held = held_beside(pair, direction, target)
    for args in arguments(pair, target, held):
        call = call_of(pair.tool, args)
        taker = taker_of(call, held, target)
        runs = schedule([taker], held, target) if taker.of_target else None
        witness = confirmed(runs, [call], [pair], direction, target.scope) if runs else None
        if witness is not None:
            return witness
    return None


def held_beside(pair: Pair, direction: Direction, target: Limit) -> list[Limit]:
    """The limits of the more generous policy that count for the same subject: of the other scope each call has its own."""
    more, _ = pair.in_order(direction)
    return [limit for limit in more.limits if limit.scope is target.scope]


def arguments(pair: Pair, target: Limit, held: Sequence[Limit]) -> Iterator[dict[str, JSONValue]]:
    """Arguments to try: such as take nothing of other limits, the smallest, such as take a share of a maximum."""
    for wanted in _wanted(target, held):
        clauses = (*passing_both(pair), *(((Literal(condition, True),),) for condition in wanted))
        found = find(clauses)
        if isinstance(found, Example):
            yield found.args if pair.schema is None else prefer_valid(found, clauses, pair.schema).example.args


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


def taker_of(call: Call, held: Iterable[Limit], target: Limit) -> Taker:
    """What a call takes."""
    return Taker({limit.pointer: _taken(limit, call) for limit in held}, _taken(target, call))


def _taken(limit: Limit, call: Call) -> Fraction:
    amount = amount_of(limit, Record.of(call))
    return Fraction(0) if isinstance(amount, Unaccountable | UnknownAmount) else Fraction(amount)


def _wanted(target: Limit, held: Sequence[Limit]) -> Iterator[tuple[Condition, ...]]:
    """What to ask of the calls beside passing: nothing for a limit of calls, else amounts above zero."""
    paths = [limit.amount_from for limit in held if limit.amount_from is not None]
    if target.amount_from is None:
        # An amount of zero takes nothing of other limits.
        yield tuple(Condition(path, Op.EQ, 0) for path in dict.fromkeys(paths))
        yield ()
        return
    maxima = [target, *(limit for limit in held if limit.amount_from == target.amount_from)]
    for amount in dict.fromkeys(_shares(maxima)):
        yield (Condition(target.amount_from, Op.EQ, amount),)
    yield (Condition(target.amount_from, Op.GT, 0),)


def _shares(limits: Iterable[Limit]) -> Iterator[int | float]:
    """Maxima, and what divides them into a few equal calls, rounded down to hundredths where they are not whole."""
    limits = tuple(limits)
    for parts in range(1, MOST_SHARES + 1):
        for limit in limits:
            share = Decimal(maximum_of(limit)) / parts
            yield int(share) if share >= 1 else float(share)
            hundredths = share.quantize(Decimal("0.01"), ROUND_DOWN) if share < 2**40 else share
            if hundredths > 0:
                yield float(hundredths)
