"""Sequences of calls that may take more of a limit than it has; whether they do says the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from policyctl.cells.atoms import Literal
from policyctl.cells.find import Example, find
from policyctl.cells.schedule import Run, Taker
from policyctl.cells.trial import call_of
from policyctl.cells.valid import prefer_valid
from policyctl.diff.amounts import Number, Path, Range
from policyctl.diff.bounds import Best
from policyctl.diff.calls import Pair, passing_both
from policyctl.diff.quotas import Batch, Quota, exceed
from policyctl.engine.amount import Unaccountable, UnknownAmount, amount_of, exact, maximum_of
from policyctl.engine.record import Record
from policyctl.model.call import Call
from policyctl.model.policy import Condition, Limit, Op
from policyctl.model.values import JSONValue

#: Into how many calls a maximum is divided in search of an amount that shows a difference.
MOST_SHARES = 12
#: More than so many different amounts make no sequence that anybody reads.
MOST_AMOUNTS = 40
_BEYOND_DOUBLES = 2**1023

Attempt = tuple[list[Run], list[Call]]


def attempts(
    pair: Pair,
    target: Limit,
    held: Sequence[Limit],
    ranges: Mapping[Path, Range],
    best: tuple[Best, tuple[Batch, ...]] | None,
) -> Iterator[Attempt]:
    """Runs of calls, by their numbers, and the calls: what would take the most, if there are such calls, then equal calls."""
    if best is not None and target.amount_from is not None:
        yield from _in_portions(pair, target.amount_from, ranges, *best)
    for wanted in _wanted(target, held, ranges, best):
        for args in _arguments(pair, wanted):
            call = call_of(pair.tool, args)
            batches = _equal(taker_of(call, held, target), held, target)
            if batches:
                yield [Run(batch.second, 0, batch.count) for batch in batches], [call]


def arguments(
    pair: Pair, target: Limit, held: Sequence[Limit], ranges: Mapping[Path, Range]
) -> Iterator[dict[str, JSONValue]]:
    """Arguments to try in equal calls."""
    for wanted in _wanted(target, held, ranges, None):
        yield from _arguments(pair, wanted)


def taker_of(call: Call, held: Iterable[Limit], target: Limit) -> Taker:
    """What a call takes."""
    return Taker({limit.pointer: _taken(limit, call) for limit in held}, _taken(target, call))


def _taken(limit: Limit, call: Call) -> Fraction:
    amount = amount_of(limit, Record.of(call))
    return Fraction(0) if isinstance(amount, Unaccountable | UnknownAmount) else Fraction(amount)


def _equal(taker: Taker, held: Iterable[Limit], target: Limit) -> tuple[Batch, ...] | None:
    """When to make the same call again and again."""
    if not taker.of_target:
        return ()
    quotas = (
        Quota(int(Fraction(maximum_of(limit)) // taker.takes[limit.pointer]), limit.window)
        for limit in held
        if taker.takes[limit.pointer]
    )
    return exceed(quotas, Quota(int(Fraction(maximum_of(target)) // taker.of_target), target.window))


def _arguments(pair: Pair, wanted: Iterable[Condition]) -> Iterator[dict[str, JSONValue]]:
    """The smallest arguments that both policies let through and that meet these conditions; valid ones first."""
    clauses = (*passing_both(pair), *(((Literal(condition, True),),) for condition in wanted))
    found = find(clauses)
    if not isinstance(found, Example):
        return
    if pair.schema is not None:
        valid = prefer_valid(found, clauses, pair.schema).example.args
        yield valid
        if valid == found.args:
            return
    yield found.args


def _in_portions(
    pair: Pair, path: Path, ranges: Mapping[Path, Range], best: Best, batches: Iterable[Batch]
) -> Iterator[Attempt]:
    """Calls that take as much as one can, and one that takes the rest, at each second."""
    kinds: dict[Number, int] = {}
    runs: list[Run] = []
    for second, portion in best.portions(batches):
        full, rest = divmod(portion, best.high)
        for amount, count in ((ranges[path].most, int(full)), (_number(rest), 1 if rest else 0)):
            if amount is None:
                return
            if count:
                runs.append(Run(second, kinds.setdefault(amount, len(kinds)), count))
    if len(kinds) > MOST_AMOUNTS:
        return
    others = [Condition(other, Op.EQ, bounds.least) for other, bounds in ranges.items() if other != path]
    found = [next(_arguments(pair, (Condition(path, Op.EQ, amount), *others)), None) for amount in kinds]
    calls = [call_of(pair.tool, args) for args in found if args is not None]
    if len(calls) == len(kinds):
        yield runs, calls


def _number(amount: Fraction) -> Number | None:
    """The number that counts as just this amount, if there is one."""
    if amount.denominator == 1:
        return amount.numerator
    number = _double(amount)
    return number if number is not None and Fraction(exact(number)) == amount else None


def _double(amount: Fraction) -> float | None:
    """The nearest double, if there is one."""
    return float(amount) if amount < _BEYOND_DOUBLES else None


def _wanted(
    target: Limit,
    held: Sequence[Limit],
    ranges: Mapping[Path, Range],
    best: tuple[Best, tuple[Batch, ...]] | None,
) -> Iterator[tuple[Condition, ...]]:
    """What to ask of equal calls beside passing: to take little of other limits, and a share of what counts."""
    calls = 0 if best is None else best[0].calls(best[1])
    if target.amount_from is None:
        yield tuple(Condition(path, Op.EQ, bounds.least) for path, bounds in ranges.items())
        yield ()
        if calls:
            yield tuple(Condition(path, Op.LTE, _double(bounds.high / calls)) for path, bounds in ranges.items())
        return
    maxima = [target, *(limit for limit in held if limit.amount_from == target.amount_from)]
    if calls:
        yield (Condition(target.amount_from, Op.GT, _double(Fraction(maximum_of(target)) / calls)),)
    for amount in dict.fromkeys(_shares(maxima)):
        yield (Condition(target.amount_from, Op.EQ, amount),)
    yield (Condition(target.amount_from, Op.GT, 0),)


def _shares(limits: Iterable[Limit]) -> Iterator[Number]:
    """Maxima, and what divides them into a few equal calls, rounded down to hundredths where they are not whole."""
    limits = tuple(limits)
    for parts in range(1, MOST_SHARES + 1):
        for limit in limits:
            share = Decimal(maximum_of(limit)) / parts
            yield int(share) if share >= 1 else float(share)
            hundredths = share.quantize(Decimal("0.01"), ROUND_DOWN) if share < 2**40 else share
            if hundredths > 0:
                yield float(hundredths)
