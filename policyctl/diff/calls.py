"""A single call that one policy decides higher than another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from policyctl.cells.atoms import Clause
from policyctl.cells.find import Example, Undetermined, find
from policyctl.cells.schema import Schema
from policyctl.cells.stand import HEIGHT, Stand
from policyctl.cells.trial import call_of, decide_first
from policyctl.diff.result import CallWitness, Direction, Side, Unproven
from policyctl.model.decision import Verdict
from policyctl.model.policy import Policy


@dataclass(frozen=True, slots=True)
class Pair:
    """Two policies, the tool in question, and what each says of it."""

    old: Policy
    new: Policy
    tool: str
    old_stand: Stand
    new_stand: Stand
    schema: Schema | None = None

    def in_order(self, direction: Direction) -> tuple[Stand, Stand]:
        """First the stand that may let through more."""
        return (self.new_stand, self.old_stand) if direction is Direction.WIDER else (self.old_stand, self.new_stand)

    @property
    def asks_a_person(self) -> bool:
        """Whether an approval on record can make a difference."""
        return HEIGHT[Verdict.APPROVAL] in {self.old_stand.height, self.new_stand.height}


def find_call(pair: Pair, direction: Direction) -> Side:
    """The smallest call that the one policy decides higher, decided by the engine under both; None if there is none."""
    reasons: list[str] = []
    for clauses, is_approved in _questions(pair, *pair.in_order(direction)):
        match find(clauses):
            case Example() as example:
                if pair.schema is None:
                    return _witness(pair, direction, example, is_approved=is_approved)
                return _valid_witness(pair, direction, example, clauses, is_approved=is_approved)
            case Undetermined(more):
                reasons.extend(more)
            case _:
                pass
    return Unproven(tuple(dict.fromkeys(reasons))) if reasons else None


def _questions(pair: Pair, more: Stand, less: Stand) -> Iterator[tuple[tuple[Clause, ...], bool]]:
    """What to look for: first without an approval on record, then with one where that could show what else is hidden."""
    for is_approved in (False, True) if pair.asks_a_person else (False,):
        if is_approved and not (more.amounts or less.amounts):
            return
        if not more.height:
            return
        heights = (2 if more.height else 0, 2 if less.height else 0) if is_approved else (more.height, less.height)
        passes = more.passes(approved=is_approved)
        yield (passes if heights[0] > heights[1] else (*passes, less.refuses(approved=is_approved))), is_approved


def _witness(pair: Pair, direction: Direction, example: Example, *, is_approved: bool) -> CallWitness:
    call = call_of(pair.tool, example.args)
    old, new = (decide_first(policy, call, is_approved=is_approved) for policy in (pair.old, pair.new))
    rise = HEIGHT[new.verdict] - HEIGHT[old.verdict]
    if rise * (1 if direction is Direction.WIDER else -1) <= 0:
        raise AssertionError(f"the engine does not confirm that `{pair.tool}` is {direction}")
    return CallWitness(call, old, new, is_approved, example.is_smallest)


def _valid_witness(
    pair: Pair, direction: Direction, example: Example, clauses: tuple[Clause, ...], *, is_approved: bool
) -> CallWitness:
    # Read here and not above: most comparisons have no catalog.
    from policyctl.cells.valid import prefer_valid

    assert pair.schema is not None
    validity = prefer_valid(example, clauses, pair.schema)
    witness = _witness(pair, direction, validity.example, is_approved=is_approved)
    return replace(witness, schema=validity.fit, schema_gaps=validity.gaps)


def passing_both(pair: Pair) -> tuple[Clause, ...]:
    """The calls that both policies let through while no limit is used up."""
    return (*pair.old_stand.passes(approved=True), *pair.new_stand.passes(approved=True))
