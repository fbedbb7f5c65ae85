"""Bounds that the rules of a tool put on numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policyctl.lint.subject import condition_pointer
from policyctl.model.policy import Condition, Op, Predicate, ToolRules


@dataclass(frozen=True, slots=True)
class Bound:
    """A comparison that keeps an argument from being larger, or smaller; `pointer` is the condition's place.

    `number`, with which it is compared, passes itself where `includes` says so. `is_alone`: it bounds whatever the other
    arguments are.
    """

    path: tuple[str, ...]
    number: int | float
    is_upper: bool
    includes: bool
    is_alone: bool
    condition: Condition
    pointer: str
    predicate: Predicate


#: Whether it is an upper bound, and whether the number itself passes: of a comparison that has to hold.
_REQUIRED = {Op.LTE: (True, True), Op.LT: (True, False), Op.GTE: (False, True), Op.GT: (False, False)}
#: The same of a comparison that denies.
_DENIED = {Op.GT: (True, True), Op.GTE: (True, False), Op.LT: (False, True), Op.LTE: (False, False)}


def bounds(rules: ToolRules) -> Iterator[Bound]:
    """Every bound, in the order of the document."""
    for predicate in rules.require:
        yield from _of(predicate, _REQUIRED, is_alone=True)
    for predicate in rules.deny_if:
        yield from _of(predicate, _DENIED, is_alone=len(predicate.conditions) == 1)


def _of(predicate: Predicate, meaning: Mapping[Op, tuple[bool, bool]], *, is_alone: bool) -> Iterator[Bound]:
    for index, condition in enumerate(predicate.conditions):
        if condition.op in meaning and isinstance(condition.value, int | float):
            is_upper, includes = meaning[condition.op]
            pointer = condition_pointer(predicate, index)
            yield Bound(condition.path, condition.value, is_upper, includes, is_alone, condition, pointer, predicate)


def caps(rules: ToolRules) -> Iterator[Bound]:
    """The upper bounds that are above zero."""
    return (bound for bound in bounds(rules) if bound.is_upper and bound.number > 0)


def disputed(rules: ToolRules) -> Iterator[tuple[Bound, Bound]]:
    """Each bound that counts its number differently from the first one on it, behind that one."""
    first: dict[tuple[tuple[str, ...], int | float, bool], Bound] = {}
    for bound in bounds(rules):
        if not bound.is_alone:
            continue
        known = first.setdefault((bound.path, bound.number, bound.is_upper), bound)
        if known.includes is not bound.includes:
            yield known, bound
