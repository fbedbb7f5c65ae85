"""Lists that a policy does not name, told apart by the elements that it asks for."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import islice, permutations

from policyctl.cells.values import fresh_elements, identity, rank
from policyctl.model.values import JSONValue


class Lists:
    """The lists at one path; sets of asks are the bits of a number, None stands for an ask that is not about lists."""

    def __init__(self, elements: Sequence[JSONValue], taken: frozenset[Hashable]) -> None:
        self._elements = tuple(elements)
        self._taken = taken

    def smallest(self, required: int, forbidden: int) -> list[JSONValue]:
        """The first list by length, then by its elements, with all that is required, nothing forbidden, and no name."""
        needed = [element for bit, element in enumerate(self._elements) if required >> bit & 1]
        avoided = {identity(element) for bit, element in enumerate(self._elements) if forbidden >> bit & 1}
        fitting = self._first(needed)
        if fitting is not None:
            return fitting
        # As many elements to choose from as there are names, so that one of them makes a list without a name.
        fresh = islice(fresh_elements(avoided), len(self._taken) + 1)
        longer = (self._first([*needed, element]) for element in (*fresh, *needed))
        return min((found for found in longer if found is not None), key=rank)

    def _first(self, elements: Iterable[JSONValue]) -> list[JSONValue] | None:
        return next(filter(self._has_no_name, _orders(elements)), None)

    def _has_no_name(self, value: list[JSONValue]) -> bool:
        return identity(value) not in self._taken


def _orders(elements: Iterable[JSONValue]) -> Iterator[list[JSONValue]]:
    """Every order of the elements, first the smallest."""
    return map(list, permutations(sorted(elements, key=rank)))
