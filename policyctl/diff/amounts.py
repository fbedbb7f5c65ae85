"""What the calls that two policies let through can take of a limit with an amount."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from policyctl.cells.atoms import Clause, Fits, Literal
from policyctl.cells.find import is_impossible
from policyctl.engine.amount import exact
from policyctl.model.policy import Condition, Limit, Op, ToolRules
from policyctl.model.values import JSONValue

Path = tuple[str, ...]
Number = int | float


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of an amount, both as the policies write them: no call takes less, none takes more."""

    least: Number
    most: Number

    @property
    def low(self) -> Fraction:
        """The lower bound as it is counted, or compared, whichever is lower."""
        return min(Fraction(self.least), Fraction(exact(self.least)))

    @property
    def high(self) -> Fraction:
        """The upper bound as it is counted."""
        return Fraction(exact(self.most))


def range_of(path: Path, passing: Sequence[Clause], rules: Iterable[ToolRules], limits: Iterable[Limit]) -> Range:
    """The bounds of the amount at a path, which some of the limits count, in calls that meet the clauses.

    They are named by the rules or the limits. Where no rule asks about the argument in other ways, a call takes just so much.
    """
    maxima = [limit.maximum for limit in limits if limit.amount_from == path]
    named = {exact(number): number for number in (*maxima, *_numbers(path, rules), 0) if 0 <= number <= min(maxima)}
    numbers = [named[key] for key in sorted(named)]

    def reaches(number: Number) -> bool:
        return _is_possible(passing, Literal(Fits(path, number), False))

    def undercuts(number: Number) -> bool:
        return _is_possible(passing, Literal(Condition(path, Op.LT, number), True))

    # Both answers change once at most as numbers grow. One that is not known counts as yes, which only loosens a bound.
    first_undercut = bisect_left(numbers, True, key=undercuts)
    first_unreached = bisect_left(numbers, True, key=lambda number: not reaches(number))
    return Range(
        least=numbers[max(0, first_undercut - 1)],
        most=numbers[min(first_unreached, len(numbers) - 1)],
    )


def _is_possible(passing: Sequence[Clause], literal: Literal) -> bool:
    """Whether a call might meet this as well."""
    return not is_impossible((*passing, ((literal,),)))


def _numbers(path: Path, rules: Iterable[ToolRules]) -> Iterator[Number]:
    """The numbers that conditions on the argument name."""
    for tool in rules:
        for predicate in (*tool.require, *tool.deny_if):
            for condition in predicate.conditions:
                if condition.path == path:
                    yield from _named(condition.value)


def _named(operand: JSONValue) -> Iterator[Number]:
    match operand:
        case bool():
            return
        case int() | float():
            yield operand
        case list():
            for element in operand:
                yield from _named(element)
        case _:
            return
