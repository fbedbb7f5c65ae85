"""The cells of one path: finitely many, so that every atom on the path is a set of them, the bits of a number."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from policyctl.cells.atoms import Atom, Fits, MinLength, OfKind
from policyctl.cells.lists import Lists
from policyctl.cells.numbers import Form, number_cells
from policyctl.cells.texts import Length, Part, Search, TextAsk, Texts, Unknown
from policyctl.cells.values import KINDS, identity, kind_of, rank
from policyctl.engine.amount import Unaccountable, exact, exact_amount
from policyctl.model.policy import Condition, Op
from policyctl.model.values import JSONValue
from policyctl.pattern import compile_pattern
from policyctl.source.pointer import format_path

#: The first bit of every place: there is no value, or null.
ABSENT = 1


@dataclass(frozen=True, slots=True)
class Test:
    """An atom on the cells of its place: where it can hold, where it can fail.

    Both sides have the unnamed cells `among` if the atom tells values of these apart: it is the bit `ask` of the asks then.
    """

    holds: int
    fails: int
    among: int = 0
    ask: int = 0


@dataclass(slots=True)
class Asked:
    """All that policies ask of one path."""

    constants: dict[Hashable, JSONValue] = field(default_factory=dict)
    numbers: set[int | float] = field(default_factory=set)
    elements: dict[Hashable, JSONValue] = field(default_factory=dict)
    patterns: set[str] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    knows_doubles: bool = False
    knows_integers: bool = False

    def name(self, value: JSONValue) -> None:
        """Gives a value a cell of its own; null has one already."""
        if value is not None:
            self.constants.setdefault(identity(value), value)

    def contain(self, value: JSONValue) -> None:
        """Tells lists apart by this element, and texts by this part."""
        self.elements.setdefault(identity(value), value)
        self.kinds.add("text" if isinstance(value, str) else "list")

    @property
    def forms(self) -> tuple[tuple[Form, ...], ...]:
        """Which spellings of numbers make a difference."""
        match self.knows_doubles, self.knows_integers:
            case True, True:
                return ((Form.EXACT,), (Form.WHOLE,), (Form.FRACTION,))
            case True, False:
                return ((Form.EXACT,), (Form.WHOLE, Form.FRACTION))
            case False, True:
                return ((Form.EXACT, Form.WHOLE), (Form.FRACTION,))
            case _:
                return (tuple(Form),)


class Place:
    """The cells of one path in order of size: absent, then each kind of value, kinds that a policy names there first.

    `values` has the smallest value of each cell, None for absent and for the unnamed texts, lists and objects, which are
    one cell each: which of them is meant, a set of `asks` says.
    """

    def __init__(self, path: tuple[str, ...], asked: Asked) -> None:
        self.path = path
        self.values: list[JSONValue] = [None]
        self.unnamed: dict[str, int] = dict.fromkeys(KINDS, 0)
        self._named: dict[Hashable, int] = {}
        self._kinds: dict[str, int] = {}
        for kind in sorted(KINDS, key=lambda kind: (kind not in asked.kinds, KINDS.index(kind))):
            self._add(kind, _values(kind, asked))
        self.every = (1 << len(self.values)) - 1
        self.objects = tuple((1 << index, value) for index, value in enumerate(self.values) if isinstance(value, dict))
        elements = sorted(asked.elements.values(), key=rank)
        searches: list[TextAsk] = [*map(Search, sorted(asked.patterns)), *map(Length, sorted(asked.lengths))]
        asks: list[Hashable] = [*(("element", identity(element)) for element in elements), *searches]
        self._asks = {ask: bit for bit, ask in enumerate(asks)}
        parts = [Part(element) if isinstance(element, str) else None for element in elements]
        self._list_asks = (1 << len(elements)) - 1
        self._text_asks = sum(1 << bit for bit in self._asks.values() if bit >= len(parts) or parts[bit] is not None)
        taken = frozenset(value for value in self.values if isinstance(value, str))
        self._texts = Texts(format_path(path), [*parts, *searches], taken)
        self._lists = Lists(elements, frozenset(identity(value) for value in self.values if isinstance(value, list)))
        self._tests: dict[Hashable, Test] = {}

    def _add(self, kind: str, values: Iterable[JSONValue]) -> None:
        first = len(self.values)
        for value in values:
            key = identity(value)
            self._named[key] = self._named.get(key, 0) | 1 << len(self.values)
            self.values.append(value)
        if kind in {"text", "list", "object"}:
            self.unnamed[kind] = 1 << len(self.values)
            self.values.append(None)
        self._kinds[kind] = (1 << len(self.values)) - (1 << first)

    def cell(self, value: JSONValue) -> int:
        """The cell of a value that has a name here, or of none."""
        return ABSENT if value is None else self._named[identity(value)]

    def asks_of(self, cell: int) -> Iterator[int]:
        """The asks that tell the values of a cell apart, in their order."""
        if cell == self.unnamed["list"]:
            asks = self._list_asks
        else:
            asks = self._text_asks if cell == self.unnamed["text"] else 0
        while asks:
            yield asks & -asks
            asks &= asks - 1

    def smallest(self, bit: int, required: int, forbidden: int) -> JSONValue:
        """The first value of a cell by rank; `unnamed["object"]` is made of what stands below it, and starts empty."""
        if bit == self.unnamed["text"]:
            return self._texts.smallest(required, forbidden)
        if bit == self.unnamed["list"]:
            return self._lists.smallest(required & self._list_asks, forbidden & self._list_asks)
        return {} if bit == self.unnamed["object"] else self.values[bit.bit_length() - 1]

    def knows_smallest(self, bit: int, required: int, forbidden: int) -> bool:
        """Whether `smallest` gives the first value; of texts with many parts the shortest may be too hard to find."""
        return bit != self.unnamed["text"] or self._texts.knows_smallest(required, forbidden)

    def possible(self, cells: int, required: int, forbidden: int) -> tuple[int, Unknown | None]:
        """Those of the cells that have values with all the asks required and none forbidden.

        What is not known to have any is left out, with the reason.
        """
        if cells & self.unnamed["list"] and required & forbidden & self._list_asks:
            cells &= ~self.unnamed["list"]
        if cells & self.unnamed["text"]:
            can_be = self._texts.can_be(required, forbidden)
            if can_be is not True:
                return cells & ~self.unnamed["text"], can_be or None
        return cells, None

    def test(self, atom: Atom) -> Test:
        """The atom on these cells."""
        key = _key(atom)
        if key not in self._tests:
            self._tests[key] = self._test(atom)
        return self._tests[key]

    def _test(self, atom: Atom) -> Test:
        match atom:
            case Fits():
                return self._static(self._numbers(lambda number: _fits(number, atom.maximum)))
            case OfKind():
                return self._static(self._of_kinds(atom.kinds))
            case MinLength(_, least):
                named = self._where("text", lambda value: len(value) >= least)
                return self._dynamic(named, self.unnamed["text"], Length(least))
            case Condition():
                return self._condition(atom.op, atom.value)

    def _condition(self, op: Op, value: Any) -> Test:
        present = self.every & ~ABSENT
        match op:
            case Op.EXISTS:
                return self._static(present if value else ABSENT)
            case Op.EQ:
                return self._static(self._equal([value]))
            case Op.NEQ:
                return self._static(present & ~self._equal([value]))
            case Op.IN:
                return self._static(self._equal(value))
            case Op.NOT_IN:
                return self._static(present & ~self._equal(value))
            case Op.LT:
                return self._static(self._numbers(lambda number: number < value))
            case Op.LTE:
                return self._static(self._numbers(lambda number: number <= value))
            case Op.GT:
                return self._static(self._numbers(lambda number: number > value))
            case Op.GTE:
                return self._static(self._numbers(lambda number: number >= value))
            case Op.REGEX:
                named = self._where("text", compile_pattern(value).search)
                return self._dynamic(named, self.unnamed["text"], Search(value))
            case Op.CONTAINS:
                return self._contains(value)

    def _contains(self, value: JSONValue) -> Test:
        key = identity(value)
        named = self._where("list", lambda elements: key in map(identity, elements))
        among = self.unnamed["list"]
        if isinstance(value, str):
            named |= self._where("text", lambda text: value in text)
            among |= self.unnamed["text"]
        return self._dynamic(named, among, ("element", key))

    def _static(self, cells: int) -> Test:
        return Test(cells, self.every & ~cells)

    def _dynamic(self, named: int, among: int, ask: Hashable) -> Test:
        """An atom that also tells the values of the unnamed cells `among` apart."""
        return Test(named | among, self.every & ~named, among, 1 << self._asks[ask])

    def _equal(self, values: Iterable[JSONValue]) -> int:
        cells = 0
        for value in values:
            if value is not None:
                cells |= self._named[identity(value)]
        return cells

    def _numbers(self, holds: Callable[[Any], bool]) -> int:
        return self._where("number", holds)

    def _where(self, kind: str, holds: Callable[[Any], object]) -> int:
        """The named cells of a kind, and the intervals of numbers, whose smallest value is such."""
        bits = self._kinds[kind] & ~self.unnamed[kind]
        cells = 0
        while bits:
            bit = bits & -bits
            bits ^= bit
            if holds(self.values[bit.bit_length() - 1]):
                cells |= bit
        return cells

    def _of_kinds(self, kinds: frozenset[str]) -> int:
        cells = sum(self._kinds[kind] for kind in KINDS if kind in kinds)
        return cells | self._numbers(_is_whole) if "integer" in kinds else cells


def _values(kind: str, asked: Asked) -> Iterable[JSONValue]:
    """The smallest values of the cells of one kind, but for the unnamed ones."""
    named = [value for value in asked.constants.values() if kind_of(value) == kind]
    match kind:
        case "boolean":
            return (False, True)
        case "number":
            return number_cells([*named, *asked.numbers], asked.forms)  # type: ignore[list-item]
        case _:
            return sorted(named, key=rank)


def _fits(number: int | float, maximum: int | float) -> bool:
    amount = exact_amount(number)
    return not isinstance(amount, Unaccountable) and amount <= exact(maximum)


def _is_whole(number: int | float) -> bool:
    return isinstance(number, int) or number.is_integer()


def _key(atom: Atom) -> Hashable:
    """One key for atoms that ask the same: to Python `1` equals `true`, and doubles equal integers that are other amounts."""
    match atom:
        case Condition():
            return (atom.op, identity(atom.value))
        case Fits():
            return (Fits, exact(atom.maximum))
        case _:
            return atom
