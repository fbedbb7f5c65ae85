"""All places that some clauses ask about, and how those that lie within one another bind each other."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from policyctl.cells.atoms import Atom, Clause, Fits, MinLength, OfKind
from policyctl.cells.place import ABSENT, Asked, Place
from policyctl.cells.values import below, kind_of
from policyctl.engine.amount import exact
from policyctl.model.policy import Condition, Op

Path = tuple[str, ...]


class Tie:
    """A place and the nearest one that it lies within."""

    __slots__ = ("_fixed", "_free", "_hollow", "inner", "outer")

    def __init__(self, outer: Place, inner: Place, outer_number: int, inner_number: int) -> None:
        self.outer, self.inner = outer_number, inner_number
        rest = inner.path[len(outer.path) :]
        self._free = outer.unnamed["object"]
        self._fixed = tuple((bit, inner.cell(below(value, rest))) for bit, value in outer.objects)
        self._hollow = outer.every & ~self._free & ~sum(bit for bit, _ in self._fixed)

    def outward(self, inner: int) -> int:
        """The cells of the outer place that leave any of these of the inner one."""
        cells = self._free | (self._hollow if inner & ABSENT else 0)
        for bit, cell in self._fixed:
            if cell & inner:
                cells |= bit
        return cells

    def inward(self, outer: int, every: int) -> int:
        """The cells of the inner place that these of the outer one leave."""
        if outer & self._free:
            return every
        cells = ABSENT if outer & self._hollow else 0
        for bit, cell in self._fixed:
            if bit & outer:
                cells |= cell
        return cells


class Space:
    """Places by path, each with its cells; `ties` lead from places to those within them."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        asked: dict[Path, Asked] = {}
        for clause in clauses:
            for cube in clause:
                for literal in cube:
                    _note(asked.setdefault(literal.atom.path, Asked()), literal.atom)
        self.numbers = {path: number for number, path in enumerate(sorted(asked))}
        outer = {path: _nearest(path, asked) for path in self.numbers}
        for path, around in outer.items():
            # In order of paths, so that what a constant fixes goes all the way down.
            if around is not None:
                _hand_down(asked[around], asked[path], path[len(around) :])
        self.places = tuple(Place(path, asked[path]) for path in self.numbers)
        #: For each place the outermost one that it lies within: places with different ones do not bind each other.
        self.roots: list[int] = []
        for path, around in outer.items():
            self.roots.append(self.numbers[path] if around is None else self.roots[self.numbers[around]])
        self.ties_of: tuple[list[Tie], ...] = tuple([] for _ in self.places)
        for path, around in outer.items():
            if around is not None:
                inner, number = self.numbers[path], self.numbers[around]
                tie = Tie(self.places[number], self.places[inner], number, inner)
                self.ties_of[number].append(tie)
                self.ties_of[inner].append(tie)


def _nearest(path: Path, asked: dict[Path, Asked]) -> Path | None:
    return next((path[:length] for length in range(len(path) - 1, 0, -1) if path[:length] in asked), None)


def _hand_down(outer: Asked, inner: Asked, rest: Path) -> None:
    """What objects named at the outer place have at the inner one gets a name there."""
    for value in outer.constants.values():
        if isinstance(value, dict):
            inner.name(below(value, rest))
    outer.kinds.add("object")


def _note(asked: Asked, atom: Atom) -> None:
    match atom:
        case Condition():
            _note_condition(asked, atom.op, atom.value)
        case Fits(_, maximum):
            _note_amount(asked, maximum)
        case OfKind(_, kinds):
            asked.knows_integers |= "integer" in kinds
            asked.kinds |= {"number" if kind == "integer" else kind for kind in kinds}
        case MinLength(_, least):
            asked.lengths.add(least)
            asked.kinds.add("text")


def _note_condition(asked: Asked, op: Op, value: Any) -> None:
    match op:
        case Op.EQ | Op.NEQ | Op.IN | Op.NOT_IN:
            for constant in value if op in {Op.IN, Op.NOT_IN} else [value]:
                asked.name(constant)
                asked.kinds.add(kind_of(constant))
        case Op.LT | Op.LTE | Op.GT | Op.GTE:
            asked.numbers.add(value)
            asked.kinds.add("number")
        case Op.REGEX:
            asked.patterns.add(value)
            asked.kinds.add("text")
        case Op.CONTAINS:
            asked.contain(value)
        case Op.EXISTS:
            pass


def _note_amount(asked: Asked, maximum: int | float) -> None:
    """Amounts are compared as decimals: the greatest integer and the greatest double within need not be neighbours."""
    asked.kinds.add("number")
    asked.numbers.add(0)
    asked.numbers.add(maximum)
    most = exact(maximum)
    if most >= 2**53:
        asked.knows_doubles = True
        asked.numbers.add(int(most))
        asked.numbers.add(_greatest_double(most))


def _greatest_double(most: int | Decimal) -> float:
    """The greatest double that counts as no more than this."""
    try:
        nearest = float(most)
    except OverflowError:
        return sys.float_info.max
    near = (math.nextafter(nearest, math.inf), nearest, math.nextafter(nearest, 0))
    return next((double for double in near if math.isfinite(double) and exact(double) <= most), sys.float_info.max)
