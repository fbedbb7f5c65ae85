"""Values that one argument would have to have at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from policyctl.cells.values import identity
from policyctl.lint.subject import condition_pointer
from policyctl.model.policy import Condition, Op, Predicate


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Two conditions on one argument, each of which can hold, and never both; `pointer` is the place of the second."""

    first: Condition
    second: Condition
    pointer: str


def exclusions(predicates: Iterable[Predicate]) -> tuple[Exclusion, ...]:
    """Equalities of which, if all hold, one argument has two values, the second of each pair in order."""
    known: dict[tuple[str, ...], list[tuple[Condition, frozenset[Hashable]]]] = {}
    found: list[Exclusion] = []
    for predicate in predicates:
        for index, condition in enumerate(predicate.conditions):
            values = _values(condition)
            if not values:
                continue
            others = known.setdefault(condition.path, [])
            other = next((first for first, named in others if not named & values), None)
            if other is not None:
                found.append(Exclusion(other, condition, condition_pointer(predicate, index)))
            else:
                others.append((condition, values))
    return tuple(found)


def _values(condition: Condition) -> frozenset[Hashable]:
    """What the argument may be if the condition holds; nothing where that is no list of values."""
    if condition.op is Op.EQ:
        constants = [condition.value]
    elif condition.op is Op.IN and isinstance(condition.value, list):
        constants = condition.value
    else:
        return frozenset()
    # Null is absence, to which nothing is equal.
    return frozenset(identity(constant) for constant in constants if constant is not None)
