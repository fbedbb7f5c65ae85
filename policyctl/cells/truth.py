"""Clauses asked of one call, by the reference evaluator."""

from __future__ import annotations

from collections.abc import Iterable

from policyctl.cells.atoms import Atom, Clause, Fits, MinLength, OfKind
from policyctl.cells.values import below, kind_of
from policyctl.engine.amount import Unaccountable, exact, exact_amount
from policyctl.engine.operators import holds
from policyctl.engine.record import ABSENT, Seen
from policyctl.engine.truth import Truth
from policyctl.model.policy import Condition
from policyctl.model.values import JSONValue


def meets(args: dict[str, JSONValue], clauses: Iterable[Clause]) -> bool:
    """Whether a call with these arguments meets every clause."""
    return all(
        any(all(is_true(literal.atom, args) is literal.holds for literal in cube) for cube in clause)
        for clause in clauses
    )


def is_true(atom: Atom, args: dict[str, JSONValue]) -> bool:
    """Whether the atom is true of a call with these arguments."""
    value = below(args, atom.path)
    match atom:
        case Condition():
            return holds(atom, ABSENT if value is None else Seen(value)) is Truth.TRUE
        case Fits(_, maximum):
            amount = exact_amount(value)
            return not isinstance(amount, Unaccountable) and amount <= exact(maximum)
        case OfKind(_, kinds):
            return kind_of(value) in kinds or ("integer" in kinds and _is_whole(value))
        case MinLength(_, least):
            return isinstance(value, str) and len(value) >= least


def _is_whole(value: JSONValue) -> bool:
    return kind_of(value) == "number" and (isinstance(value, int) or (isinstance(value, float) and value.is_integer()))
