"""What a tool's rules ask of a call's arguments, as clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policyctl.cells.atoms import Clause, Cube, Fits, Literal
from policyctl.model.policy import Limit, Predicate, ToolRules


def holding(predicate: Predicate) -> tuple[Clause, ...]:
    """All conditions hold."""
    return tuple(((Literal(condition, True),),) for condition in predicate.conditions)


def failing(predicate: Predicate) -> Clause:
    """A condition does not hold; nothing, for a predicate without any."""
    return tuple((Literal(condition, False),) for condition in predicate.conditions)


def passing(rules: ToolRules, limits: Iterable[Limit] = ()) -> tuple[Clause, ...]:
    """Every `require` holds, no `deny_if` does, and each of the limits has room when nothing is used up."""
    required = (clause for predicate in rules.require for clause in holding(predicate))
    return (*required, *map(failing, rules.deny_if), *(((Literal(atom, True),),) for atom in amounts(limits)))


def refused(rules: ToolRules, limits: Iterable[Limit] = ()) -> Clause:
    """Some `require` fails, some `deny_if` holds, or one of the limits has no room even when nothing is used up."""
    return (
        *((Literal(condition, False),) for predicate in rules.require for condition in predicate.conditions),
        *(_all(predicate) for predicate in rules.deny_if),
        *((Literal(atom, False),) for atom in amounts(limits)),
    )


def _all(predicate: Predicate) -> Cube:
    return tuple(Literal(condition, True) for condition in predicate.conditions)


def amounts(limits: Iterable[Limit]) -> Iterator[Fits]:
    """What limits ask of a single call: an amount within their maximum."""
    return (Fits(limit.amount_from, limit.maximum) for limit in limits if limit.amount_from is not None)
