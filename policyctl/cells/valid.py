"""The smallest call that also is valid under an input schema, if there is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from policyctl.cells.atoms import Clause
from policyctl.cells.fill import filled
from policyctl.cells.find import Answer, Example, Nothing, find
from policyctl.cells.instance import is_valid, unknown_words
from policyctl.cells.schema import Reader, Schema
from policyctl.cells.truth import meets


class SchemaFit(StrEnum):
    """What an input schema says about an example.

    `INVALID` is a proof: no valid call meets the clauses. `UNCHECKED`: there may be one, but none was found.
    """

    VALID = "valid"
    INVALID = "invalid"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Validity:
    """An example and what its schema says about it; `gaps` are the words of the schema that were not understood."""

    example: Example
    fit: SchemaFit
    gaps: tuple[str, ...] = ()


def find_valid(clauses: Sequence[Clause], schema: Schema) -> Validity | Answer:
    """The smallest valid call that meets every clause; where none is found, the smallest of all."""
    any_call = find(clauses)
    return prefer_valid(any_call, clauses, schema) if isinstance(any_call, Example) else any_call


def prefer_valid(any_call: Example, clauses: Sequence[Clause], schema: Schema) -> Validity:
    """The smallest valid call beside one that was found without regard to the schema."""
    gaps = tuple(sorted(set(unknown_words(schema))))
    asked = frozenset(literal.atom.path for clause in clauses for cube in clause for literal in cube)
    reader = Reader(schema, asked)
    both = [*clauses, *reader.clauses()]
    found = find(both)
    if isinstance(found, Nothing):
        fit = SchemaFit.UNCHECKED if reader.untold else SchemaFit.INVALID
        return Validity(any_call, fit, gaps)
    if isinstance(found, Example):
        args = filled(found.args, schema, schema, frozenset(reader.nullable))
        if meets(args, clauses) and is_valid(args, schema, schema):
            fit = SchemaFit.UNCHECKED if gaps else SchemaFit.VALID
            return Validity(Example(args, found.is_smallest), fit, gaps)
    return Validity(any_call, SchemaFit.UNCHECKED, gaps)
